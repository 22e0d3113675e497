package dev.roost.host.invoke;

import dev.roost.host.trace.Tracing;
import dev.roost.spi.Delivery;
import dev.roost.spi.HostServices;
import dev.roost.spi.Outcome;
import dev.roost.spi.RetryPolicy;
import dev.roost.spi.Running;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs a function with an event on the calling thread: arguments, middlewares, the user's method,
 * outputs; again where a retry policy says so. Never throws. Safe for use by many threads.
 */
public final class Invoker {
  private final HostServices host;
  private final Optional<RetryPolicy> defaultRetry;
  private final Execution execution;
  private final CompletableFuture<Void> draining = new CompletableFuture<>();
  private final AtomicInteger waiting = new AtomicInteger();

  /**
   * @param defaultRetry {@code retry} of host.json, for functions without a policy of their own
   * @param timeout {@code functionTimeout} of host.json; empty for no limit
   * @param tracing puts every attempt into its trace
   */
  public Invoker(
      HostServices host,
      Optional<RetryPolicy> defaultRetry,
      Optional<Duration> timeout,
      Tracing tracing) {
    this.host = host;
    this.defaultRetry = defaultRetry;
    this.execution = new Execution(host.clock(), new TimeLimit(timeout, host.waiter()), tracing);
  }

  /**
   * Runs the function with the event, as often as its policy allows, and says how it ended.
   *
   * @param running asked before each further try: an event whose source lost it is not tried again
   */
  public Outcome invoke(Function function, Delivery delivery, Running running) {
    Optional<RetryPolicy> policy = function.definition().retry().or(() -> defaultRetry);
    return policy.isEmpty()
        ? execution.run(new Attempt(function, delivery, newId(), Attempt.Try.ONLY))
        : withRetries(function, delivery, policy.get(), running);
  }

  /**
   * Runs the function once, whatever its policy: for a source that itself delivers again by it. The
   * user's retry context counts the deliveries.
   */
  public Outcome invokeOnce(Function function, Delivery delivery) {
    Attempt.Try attempt =
        function
            .definition()
            .retry()
            .map(policy -> Attempt.Try.delivered(delivery.attempt(), policy.maxRetryCount()))
            .orElse(Attempt.Try.ONLY);
    return execution.run(new Attempt(function, delivery, newId(), attempt));
  }

  /** Ends all pauses before retries, now and in future: the failure at hand is final. */
  public void drain() {
    draining.complete(null);
  }

  /** How many invocations wait for their next try. */
  public int outstandingRetries() {
    return waiting.get();
  }

  private Outcome withRetries(
      Function function, Delivery delivery, RetryPolicy policy, Running running) {
    String firstId = newId();
    int maximum = policy.maxRetryCount();
    Attempt attempt = new Attempt(function, delivery, firstId, new Attempt.Try(0, maximum, null));
    for (int retry = 1; ; retry++) {
      Outcome outcome = execution.run(attempt);
      if (!(outcome instanceof Outcome.Failed failed)
          || failed.permanent()
          || Failures.isInterrupt(failed.cause())
          || running.interrupted()) {
        return outcome;
      }
      Logger log = function.log();
      if (maximum != RetryPolicy.FOR_EVER && retry > maximum) {
        log.log(Level.ERROR, "Function execution failed after '" + maximum + "' retries.");
        return outcome;
      }
      double jitter = ThreadLocalRandom.current().nextDouble(0.8, 1.2);
      Duration pause = failed.retryAfter().orElse(Backoff.before(retry, policy, jitter));
      log.log(
          Level.INFO,
          "Waiting for `"
              + TimeText.of(pause)
              + "` before retrying function execution."
              + " Next attempt: '"
              + retry
              + "'. Max retry count: '"
              + maximum
              + "'.");
      if (!paused(pause) || running.interrupted()) {
        return outcome;
      }
      attempt =
          new Attempt(
              function,
              delivery,
              // A caller that waits for its answer sees a new id for each try, a listener the same.
              function.replies() ? newId() : firstId,
              new Attempt.Try(retry, maximum, failed.cause()));
    }
  }

  /** Waits; false when the host stops meanwhile. */
  private boolean paused(Duration pause) {
    CompletableFuture<Void> over = new CompletableFuture<>();
    var end = host.waiter().after(pause, () -> over.complete(null));
    waiting.incrementAndGet();
    try {
      CompletableFuture.anyOf(over, draining).get();
      return !draining.isDone();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException("Neither future is ever failed", e);
    } finally {
      waiting.decrementAndGet();
      end.cancel();
    }
  }

  /**
   * A random UUID (version 4). It names an invocation and guards nothing, so a fast source will do.
   */
  private static String newId() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return new UUID(
            (random.nextLong() & ~0xF000L) | 0x4000L,
            (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | Long.MIN_VALUE)
        .toString();
  }
}
