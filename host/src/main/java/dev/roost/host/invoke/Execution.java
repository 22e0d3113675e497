package dev.roost.host.invoke;

import dev.roost.host.log.InvocationScope;
import dev.roost.spi.Delivery;
import dev.roost.spi.HostClock;
import dev.roost.spi.Outcome;
import dev.roost.spi.Payload;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Runs one attempt on the calling thread, inputs to outputs, between the official {@code Executing}
 * and {@code Executed} lines. Never throws.
 */
final class Execution {
  private final HostClock clock;
  private final TimeLimit limit;

  Execution(HostClock clock, TimeLimit limit) {
    this.clock = clock;
    this.limit = limit;
  }

  Outcome run(Attempt attempt) {
    InvocationScope scope =
        new InvocationScope(attempt.function().definition().name(), attempt.id());
    return ScopedValue.where(InvocationScope.CURRENT, scope).call(() -> logged(attempt, scope));
  }

  private Outcome logged(Attempt attempt, InvocationScope scope) {
    Logger log = System.getLogger("Function." + scope.function());
    announce(attempt, log);
    long start = clock.nanoTime();
    try {
      Payload reply = inApp(attempt, scope, log);
      log.log(Level.INFO, () -> executed(attempt, "Succeeded", start));
      return new Outcome.Succeeded(reply);
    } catch (Throwable e) {
      // One of the three catch-alls: the user's code, middlewares and injector throw what they
      // like.
      Throwable failure = Failures.unwrapped(e);
      Failures.trim(failure);
      log.log(Level.ERROR, executed(attempt, "Failed", start), failure);
      return new Outcome.Failed(failure, Failures.isPermanent(failure), Optional.empty());
    }
  }

  /** The context class loader is the app's for everything that may touch the user's classes. */
  private Payload inApp(Attempt attempt, InvocationScope scope, Logger log) throws Exception {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(attempt.function().app().loader());
    Function function = attempt.function();
    try (InvocationContext context = new InvocationContext(attempt, scope)) {
      limit.run(attempt, log, () -> function.run(context, attempt.delivery()));
      return function.write(context);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static void announce(Attempt attempt, Logger log) {
    Delivery delivery = attempt.delivery();
    log.log(
        Level.INFO,
        () ->
            "Executing '"
                + attempt.function().definition().shortName()
                + "' (Reason='"
                + delivery.reason()
                + "', Id="
                + attempt.id()
                + ")");
    if (!delivery.details().isEmpty()) {
      log.log(
          Level.INFO,
          delivery.details().entrySet().stream()
              .map(detail -> detail.getKey() + ": " + detail.getValue())
              .collect(Collectors.joining(", ", "Trigger Details: ", "")));
    }
  }

  private String executed(Attempt attempt, String how, long start) {
    return "Executed '"
        + attempt.function().definition().shortName()
        + "' ("
        + how
        + ", Id="
        + attempt.id()
        + ", Duration="
        + TimeUnit.NANOSECONDS.toMillis(clock.nanoTime() - start)
        + "ms)";
  }
}
