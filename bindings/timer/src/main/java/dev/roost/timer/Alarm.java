package dev.roost.timer;

import dev.roost.spi.HostClock;
import dev.roost.spi.HostServices;
import dev.roost.spi.Waiter;
import java.time.Duration;
import java.time.Instant;

/**
 * Rings once, as soon as the wall clock shows a given instant. It looks at the wall clock again at
 * least every {@link #LONGEST_SLEEP}: sleeping is measured by another clock, which drifts, and the
 * wall clock may be put forward or back meanwhile. It never rings early.
 */
final class Alarm implements Waiter.Pending {
  /** How late a wall clock put forward is noticed at the most. */
  static final Duration LONGEST_SLEEP = Duration.ofSeconds(10);

  private final HostClock clock;
  private final Waiter waiter;
  private final Instant due;
  private final Runnable ring;
  private Waiter.Pending sleep = () -> {};
  private boolean cancelled;

  private Alarm(HostClock clock, Waiter waiter, Instant due, Runnable ring) {
    this.clock = clock;
    this.waiter = waiter;
    this.due = due;
    this.ring = ring;
  }

  /** Sets an alarm; one that is due already rings at once, on a thread of the waiter. */
  static Waiter.Pending set(HostServices host, Instant due, Runnable ring) {
    Alarm alarm = new Alarm(host.clock(), host.waiter(), due, ring);
    alarm.sleep(Duration.between(host.clock().now(), due));
    return alarm;
  }

  private synchronized void sleep(Duration remaining) {
    if (!cancelled) {
      sleep =
          waiter.after(
              remaining.compareTo(LONGEST_SLEEP) < 0 ? remaining : LONGEST_SLEEP, this::wake);
    }
  }

  private void wake() {
    Duration remaining = Duration.between(clock.now(), due);
    if (remaining.isPositive()) {
      sleep(remaining);
    } else if (rings()) {
      ring.run();
    }
  }

  private synchronized boolean rings() {
    return !cancelled;
  }

  @Override
  public synchronized void cancel() {
    cancelled = true;
    sleep.cancel();
  }
}
