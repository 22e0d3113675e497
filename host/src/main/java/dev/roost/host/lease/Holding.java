package dev.roost.host.lease;

import dev.roost.spi.Singletons;
import dev.roost.spi.Waiter;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.function.BiConsumer;

/**
 * A lease in the hand of a {@link LeaseKeeper}: renewed in its rounds, ended by our own clock
 * whether or not a renewal is under way, and given back at the end. Its owner is told once when it
 * is lost.
 */
final class Holding {
  private static final Logger LOG = System.getLogger("Host.Singleton");
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final LeaseKeeper keeper;
  private final String lock;
  private final Held held;
  private final BiConsumer<Holding, String> lost;
  private volatile boolean listed;
  private volatile Waiter.Pending alarm = () -> {};

  /**
   * @param listed whether it stands in the register from its beginning; else from its first renewal
   * @param lost told why, on a thread of the waiter
   */
  Holding(
      LeaseKeeper keeper,
      String lock,
      Held held,
      boolean listed,
      BiConsumer<Holding, String> lost) {
    this.keeper = keeper;
    this.lock = lock;
    this.held = held;
    this.listed = listed;
    this.lost = lost;
  }

  String lock() {
    return lock;
  }

  Held held() {
    return held;
  }

  Singletons.Tenure tenure() {
    return held;
  }

  boolean holds() {
    return held.holds();
  }

  /** True when the others are to read of it. */
  boolean listed() {
    return listed;
  }

  /** Watches the deadline from now on. */
  void watch() {
    alarm =
        keeper
            .host()
            .waiter()
            .after(
                held.remaining(),
                () -> {
                  if (held.remaining().isPositive()) {
                    watch();
                  } else {
                    lose("its renewal did not succeed in time");
                  }
                });
  }

  /** Starts the lease's period anew; tries again soon when the store does not answer. */
  void renew() {
    if (!held.beginRenewal()) {
      return;
    }
    long asked = keeper.host().clock().nanoTime();
    boolean ours;
    try {
      ours = held.lease().renew();
    } catch (IOException e) {
      if (!holds()) {
        LOG.log(Level.DEBUG, "The lock {0}, which is over, was not renewed: {1}", lock, e);
        return;
      }
      LOG.log(
          Level.WARNING,
          "The lock {0} was not renewed and is tried again: {1}",
          lock,
          e.toString());
      keeper.host().waiter().after(RETRY, this::renew);
      return;
    } finally {
      held.endRenewal();
    }
    if (ours && held.prolonged(asked)) {
      listed = true;
      keeper.publishSoon();
    } else if (ours) {
      // The answer came when we had stopped already: let somebody have it.
      release();
    } else {
      lose("another host has it");
    }
  }

  private void lose(String why) {
    if (end()) {
      LOG.log(Level.WARNING, "Singleton lock lost ({0}): {1}", lock, why);
      lost.accept(this, why);
    }
  }

  /** It is not ours any more: true for the one who says so first. */
  boolean end() {
    alarm.cancel();
    keeper.left(this);
    return held.end();
  }

  /** Gives the lease back, unless the store is known not to answer. */
  void release() {
    if (keeper.releaseFailedLately()) {
      return;
    }
    try {
      held.lease().release();
    } catch (IOException e) {
      keeper.releaseFailed();
      LOG.log(
          Level.WARNING,
          "The lock {0} was not given back and runs out by itself within {1}: {2}",
          lock,
          held.period(),
          e.toString());
    }
  }
}
