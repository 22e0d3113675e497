package dev.roost.host.invoke;

import com.microsoft.azure.functions.RetryContext;
import com.microsoft.azure.functions.TraceContext;
import com.microsoft.azure.functions.internal.spi.middleware.MiddlewareContext;
import dev.roost.host.log.InvocationScope;
import dev.roost.host.log.UserLogger;
import dev.roost.spi.BindingData;
import dev.roost.spi.Payload;
import dev.roost.spi.TraceHeaders;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of one invocation, as the user's method and the middlewares see it. Used by the
 * invocation's thread; the logger and the outputs also by threads of the user.
 */
final class InvocationContext implements MiddlewareContext, AutoCloseable {
  private static final System.Logger LOG = System.getLogger("Host.Executor");

  private final Attempt attempt;
  private final Map<String, @Nullable Object> updates = new HashMap<>();
  private final Map<String, OutputSlot> slots = new ConcurrentHashMap<>();
  private final InvocationScope scope;

  /** Of the thread that runs the attempt; the user may ask on another. */
  private final TraceHeaders trace = TraceHeaders.current();

  private final List<Closeable> lent = new ArrayList<>();
  private Map<String, Payload> inputs = Map.of();
  private @Nullable Logger logger;
  private @Nullable Object returnValue;

  InvocationContext(Attempt attempt, InvocationScope scope) {
    this.attempt = attempt;
    this.scope = scope;
  }

  @Override
  public synchronized Logger getLogger() {
    if (logger == null) {
      logger = UserLogger.of(scope);
    }
    return logger;
  }

  @Override
  public String getInvocationId() {
    return attempt.id();
  }

  @Override
  public String getFunctionName() {
    return attempt.function().definition().name();
  }

  @Override
  public TraceContext getTraceContext() {
    return Trace.of(attempt.delivery(), trace);
  }

  @Override
  public RetryContext getRetryContext() {
    return attempt.retry();
  }

  /**
   * The binding name that the annotation of this simple class name gives; null if there is none.
   */
  @Override
  public @Nullable String getParameterName(String annotation) {
    return attempt.function().bindingOf(annotation);
  }

  /** The data of a trigger or input that came as text; null for anything else. */
  @Override
  public @Nullable Object getParameterValue(String name) {
    return inputs.get(name) instanceof Payload.Text(String text) ? text : null;
  }

  @Override
  public void updateParameterValue(String name, @Nullable Object value) {
    updates.put(name, value);
  }

  @Override
  public @Nullable Object getReturnValue() {
    return returnValue;
  }

  @Override
  public void updateReturnValue(@Nullable Object value) {
    returnValue = value;
  }

  /** Sets the data of the trigger and the inputs, before conversion. */
  void provide(Map<String, Payload> data) {
    inputs = data;
  }

  /** Remembers a stream or a form that was opened for an argument. */
  void lend(Closeable argument) {
    lent.add(argument);
  }

  /** Closes what was lent; after the outputs, which may still read it. */
  @Override
  public void close() {
    for (Closeable argument : lent) {
      try {
        argument.close();
      } catch (IOException e) {
        // The function has had its data: what can't be closed is no failure of it.
        LOG.log(System.Logger.Level.DEBUG, "An input was not closed", e);
      }
    }
  }

  boolean isUpdated(String binding) {
    return updates.containsKey(binding);
  }

  @Nullable Object updated(String binding) {
    return updates.get(binding);
  }

  Payload input(String binding) {
    return inputs.getOrDefault(binding, Payload.EMPTY);
  }

  BindingData data() {
    return attempt.delivery().data();
  }

  OutputSlot slot(String binding) {
    return slots.computeIfAbsent(binding, _ -> new OutputSlot());
  }
}
