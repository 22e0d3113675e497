package dev.roost.host.lease;

import dev.roost.spi.HostClock;
import dev.roost.spi.LeaseProvider.Lease;
import dev.roost.spi.Singletons;
import java.time.Duration;
import java.time.Instant;

/**
 * A lease while we hold it: its holder trusts its own monotonic deadline, reckoned from before the
 * last call that prolonged it, and not the answer of a call that may never come.
 */
final class Held implements Singletons.Tenure {
  /** How long before the lease can run out we stop acting on it. */
  static final Duration MARGIN = Duration.ofSeconds(1);

  private final Lease lease;
  private final HostClock clock;
  private final Duration period;
  private long deadline;
  private Instant renewed;
  private boolean renewing;
  private boolean over;

  /**
   * @param asked the monotonic time before the lease was asked for
   */
  Held(Lease lease, HostClock clock, Duration period, long asked) {
    this.lease = lease;
    this.clock = clock;
    this.period = period;
    this.deadline = asked + period.minus(MARGIN).toNanos();
    this.renewed = clock.now();
  }

  Lease lease() {
    return lease;
  }

  @Override
  public synchronized boolean holds() {
    return !over && remaining().isPositive();
  }

  /** How long it is ours by our own clock; not positive when it may not be any more. */
  synchronized Duration remaining() {
    return Duration.ofNanos(deadline - clock.nanoTime());
  }

  /** How long it lasts without renewal. */
  Duration period() {
    return period;
  }

  /** How long ago it was asked for last, by our own clock. */
  Duration age() {
    return period.minus(MARGIN).minus(remaining());
  }

  /** When it was prolonged last, by the wall clock. */
  synchronized Instant renewed() {
    return renewed;
  }

  /** True for the one thread that is to prolong it now. */
  synchronized boolean beginRenewal() {
    boolean begins = !renewing && !over;
    renewing = renewing || begins;
    return begins;
  }

  /** The call has ended without an answer. */
  synchronized void endRenewal() {
    renewing = false;
  }

  /**
   * The store prolonged it. An answer that comes after the deadline is worth nothing: by then the
   * holder has stopped.
   *
   * @param asked the monotonic time before the call
   * @return false when it came too late
   */
  synchronized boolean prolonged(long asked) {
    boolean inTime = holds();
    if (inTime) {
      deadline = asked + period.minus(MARGIN).toNanos();
      renewed = clock.now();
    }
    return inTime;
  }

  /**
   * It is not ours any more, whatever the clock says.
   *
   * @return false when that was said before
   */
  synchronized boolean end() {
    boolean first = !over;
    over = true;
    return first;
  }
}
