package dev.roost.emulator.time;

import dev.roost.spi.HostClock;
import java.time.Duration;
import java.time.Instant;

/**
 * The emulator's time: real time plus what {@link #advance} has added. Clients keep real time, so
 * instants are translated where they cross the wire: a lock of 30 s ends 30 s from now on either
 * clock, however far this one is ahead.
 */
public final class EmulatorClock {
  private final HostClock real;
  private volatile Duration ahead = Duration.ZERO;

  /** A clock that is not ahead of {@code real}. */
  public EmulatorClock(HostClock real) {
    this.real = real;
  }

  /** The emulator's time. */
  public Instant now() {
    return real.now().plus(ahead);
  }

  /** Monotonic real time in nanoseconds; {@link #advance} does not move it. */
  public long nanoTime() {
    return real.nanoTime();
  }

  /** The instant that a client is told for {@code instant} of this clock. */
  public Instant told(Instant instant) {
    return instant.minus(ahead);
  }

  /** The instant of this clock that a client means by {@code instant}. */
  public Instant meant(Instant instant) {
    return instant.plus(ahead);
  }

  /** Moves the clock ahead; only the event loop calls it. */
  public void advance(Duration duration) {
    ahead = ahead.plus(duration);
  }
}
