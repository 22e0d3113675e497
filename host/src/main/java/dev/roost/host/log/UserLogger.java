package dev.roost.host.log;

import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * The logger of one invocation, as {@code ExecutionContext.getLogger()} gives it: anonymous, every
 * level, usable from any thread and after the invocation. Its lines go to the category {@code
 * Function.NAME.User}.
 */
public final class UserLogger {
  private UserLogger() {}

  /** A logger whose every line tells {@code scope}. */
  public static Logger of(InvocationScope scope) {
    Logger logger = new Unregistered();
    logger.setLevel(Level.ALL);
    logger.addHandler(new Forwarder(scope));
    return logger;
  }

  /** No child of the root logger, whose list of children would grow with every invocation. */
  private static final class Unregistered extends Logger {
    Unregistered() {
      super(null, null);
    }
  }

  private static final class Forwarder extends Handler {
    private final InvocationScope scope;
    private final Logger category;

    Forwarder(InvocationScope scope) {
      this.scope = scope;
      this.category = Logger.getLogger("Function." + scope.function() + ".User");
    }

    @Override
    public void publish(LogRecord record) {
      record.setLoggerName(category.getName());
      ScopedValue.where(InvocationScope.CURRENT, scope).run(() -> category.log(record));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
