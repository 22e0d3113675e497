package dev.roost.host.run;

import dev.roost.spi.Delivery;
import dev.roost.spi.RetryAfter;
import dev.roost.spi.Running;
import dev.roost.spi.Waiter;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A delivery while its function runs: the thread, the renewal, and who took it away. */
final class Loan implements Running {
  private static final Logger LOG = System.getLogger("Host.Executor");

  private final Delivery delivery;
  private final Waiter waiter;
  private Waiter.@Nullable Pending renewal;
  private @Nullable Thread thread;
  private @Nullable String interrupted;
  private boolean ended;

  Loan(Delivery delivery, Waiter waiter) {
    this.delivery = delivery;
    this.waiter = waiter;
  }

  /** Renews from now on, for a function that runs on {@code invocation}. */
  synchronized void begin(Thread invocation) {
    thread = invocation;
    if (interrupted != null) {
      invocation.interrupt();
    }
    schedule();
  }

  @Override
  public synchronized void interrupt(String reason) {
    if (!ended && interrupted == null) {
      interrupted = reason;
      if (thread != null) {
        thread.interrupt();
      }
    }
  }

  @Override
  public synchronized boolean interrupted() {
    return interrupted != null;
  }

  /** Waits for a renewal under way, makes no other, and tells why the call was interrupted. */
  synchronized Optional<String> end() {
    ended = true;
    if (renewal != null) {
      renewal.cancel();
    }
    // The interrupt was for the function: settling must not see it.
    Thread.interrupted();
    return Optional.ofNullable(interrupted);
  }

  private void schedule() {
    Duration every = delivery.renewEvery().orElse(Duration.ZERO);
    if (every.isPositive()) {
      renewal = waiter.after(every, this::renew);
    }
  }

  /** Holds the lock while it renews, so that settling never crosses a renewal. */
  private synchronized void renew() {
    if (ended) {
      return;
    }
    try {
      if (delivery.renew()) {
        schedule();
      } else {
        LOG.log(
            Level.WARNING,
            "The loan of an event of function ''{0}'' is lost: it may run a second time",
            delivery.function());
      }
    } catch (IOException | RuntimeException e) {
      // Part of the catch-all around settling: whatever a renewal throws, the next one may do.
      LOG.log(
          Level.WARNING,
          "The loan of an event of function ''{0}'' was not renewed and is tried again: {1}",
          delivery.function(),
          Causes.inOneLine(e));
      renewal = waiter.after(retryIn(e), this::renew);
    }
  }

  /** As late as the service asks, but in time for one more try. */
  private Duration retryIn(Exception e) {
    Duration every = delivery.renewEvery().orElse(Duration.ofSeconds(4));
    return RetryAfter.atLeast(every.dividedBy(4), e, every.dividedBy(2));
  }
}
