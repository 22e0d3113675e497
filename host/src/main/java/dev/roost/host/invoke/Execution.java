package dev.roost.host.invoke;

import dev.roost.annotations.BatchResult;
import dev.roost.host.log.InvocationScope;
import dev.roost.host.trace.TracedAttempt;
import dev.roost.host.trace.Tracing;
import dev.roost.spi.Delivery;
import dev.roost.spi.HostClock;
import dev.roost.spi.Outcome;
import dev.roost.spi.Payload;
import dev.roost.spi.TraceHeaders;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Runs one attempt on the calling thread, inputs to outputs, between the official {@code Executing}
 * and {@code Executed} lines. Never throws.
 */
final class Execution {
  private final HostClock clock;
  private final TimeLimit limit;
  private final Tracing tracing;

  Execution(HostClock clock, TimeLimit limit, Tracing tracing) {
    this.clock = clock;
    this.limit = limit;
    this.tracing = tracing;
  }

  Outcome run(Attempt attempt) {
    String function = attempt.function().definition().name();
    InvocationScope scope = new InvocationScope(function, attempt.id());
    TracedAttempt traced = tracing.begin(function, attempt.delivery(), attempt.id());
    Outcome outcome =
        ScopedValue.where(InvocationScope.CURRENT, scope)
            .where(TraceHeaders.CURRENT, traced.headers())
            .call(() -> logged(attempt, scope));
    traced.end(outcome);
    return outcome;
  }

  private Outcome logged(Attempt attempt, InvocationScope scope) {
    Logger log = attempt.function().log();
    announce(attempt, log);
    attempt.delivery().invoked(attempt.id());
    long start = clock.nanoTime();
    try {
      Outcome outcome = inApp(attempt, scope, log);
      log.log(Level.INFO, () -> executed(attempt, "Succeeded", start));
      return outcome;
    } catch (Throwable e) {
      // One of the three catch-alls: the user's code, middlewares and injector throw what they
      // like.
      Throwable failure = Failures.unwrapped(e);
      Failures.trim(failure);
      log.log(Level.ERROR, executed(attempt, "Failed", start), failure);
      return Failures.outcome(failure);
    }
  }

  /** The context class loader is the app's for everything that may touch the user's classes. */
  private Outcome inApp(Attempt attempt, InvocationScope scope, Logger log) throws Exception {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(attempt.function().app().loader());
    Function function = attempt.function();
    try (InvocationContext context = new InvocationContext(attempt, scope)) {
      limit.run(attempt, log, () -> function.run(context, attempt.delivery()));
      Payload reply = function.write(context);
      return context.getReturnValue() instanceof BatchResult result
          ? partial(result, log)
          : new Outcome.Succeeded(reply);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /** What the function says of the messages of its batch. */
  private static Outcome partial(BatchResult result, Logger log) {
    if (result.failures().isEmpty()) {
      return new Outcome.Succeeded(Payload.EMPTY);
    }
    Map<Integer, Outcome.Failed> failures = new TreeMap<>();
    result
        .failures()
        .forEach((index, cause) -> {
          Failures.trim(cause);
          log.log(Level.ERROR, "Message " + index + " of the batch failed", cause);
          failures.put(index, Failures.outcome(cause));
        });
    return new Outcome.Partial(failures);
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
    if (log.isLoggable(Level.INFO)) {
      Map<String, String> details = delivery.details();
      if (!details.isEmpty()) {
        log.log(Level.INFO, inWords(details));
      }
    }
  }

  private static String inWords(Map<String, String> details) {
    StringJoiner words = new StringJoiner(", ", "Trigger Details: ", "");
    details.forEach((name, value) -> words.add(name + ": " + value));
    return words.toString();
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
