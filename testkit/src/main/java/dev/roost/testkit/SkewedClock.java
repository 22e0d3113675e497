package dev.roost.testkit;

import dev.roost.spi.HostClock;
import java.time.Duration;
import java.time.Instant;

/**
 * A clock that is set wrong: its time of day is off, its seconds are as long as everybody's.
 *
 * @param clock the right one
 * @param ahead how far this one is ahead; negative when it is behind
 */
public record SkewedClock(HostClock clock, Duration ahead) implements HostClock {
  @Override
  public Instant now() {
    return clock.now().plus(ahead);
  }

  @Override
  public long nanoTime() {
    return clock.nanoTime();
  }
}
