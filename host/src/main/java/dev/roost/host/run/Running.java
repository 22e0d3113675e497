package dev.roost.host.run;

import dev.roost.spi.Delivery;
import dev.roost.spi.Waiter;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A delivery whose function runs: its thread, and the renewal of its loan. */
final class Running {
  private static final Logger LOG = System.getLogger("Host.Executor");

  private final Delivery delivery;
  private final Waiter waiter;
  private Waiter.@Nullable Pending renewal;
  private boolean ended;
  private @Nullable Thread thread;

  Running(Delivery delivery, Waiter waiter) {
    this.delivery = delivery;
    this.waiter = waiter;
  }

  synchronized void start(Thread invocation) {
    thread = invocation;
    schedule();
    invocation.start();
  }

  /** Interrupts the function. */
  synchronized void interrupt() {
    if (thread != null) {
      thread.interrupt();
    }
  }

  /** Waits for a renewal under way and makes no other. */
  synchronized void endRenewal() {
    ended = true;
    if (renewal != null) {
      renewal.cancel();
    }
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
    } catch (IOException e) {
      LOG.log(
          Level.WARNING,
          "The loan of an event of function ''{0}'' was not renewed and is tried again: {1}",
          delivery.function(),
          Causes.inOneLine(e));
      renewal = waiter.after(retryIn(), this::renew);
    }
  }

  private Duration retryIn() {
    return delivery.renewEvery().orElse(Duration.ofSeconds(4)).dividedBy(4);
  }
}
