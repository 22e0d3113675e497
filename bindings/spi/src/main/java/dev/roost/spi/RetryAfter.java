package dev.roost.spi;

import java.time.Duration;
import java.util.Optional;

/**
 * What a failure knows when its service said when it wants to be asked again, as HTTP's {@code
 * Retry-After} does. Exceptions implement it; loops that try again wait at least that long.
 */
public interface RetryAfter {

  /** From the moment of the answer; empty when the service said nothing. */
  Optional<Duration> retryAfter();

  /**
   * What this failure, or else the nearest of its causes, asks for.
   *
   * @param most a service that asks for more is asked again after this
   * @return zero when nothing was asked for
   */
  static Duration of(Throwable failure, Duration most) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof RetryAfter says && says.retryAfter().isPresent()) {
        Duration asked = says.retryAfter().get();
        return asked.compareTo(most) < 0 ? asked : most;
      }
    }
    return Duration.ZERO;
  }

  /** The longer of a pause of one's own and what {@link #of} says. */
  static Duration atLeast(Duration pause, Throwable failure, Duration most) {
    Duration asked = of(failure, most);
    return asked.compareTo(pause) > 0 ? asked : pause;
  }
}
