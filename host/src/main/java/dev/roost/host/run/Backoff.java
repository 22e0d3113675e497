package dev.roost.host.run;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * The pauses between polls that find nothing: a minimum first, then the minimum plus a doubling
 * part with 20 % jitter, and exactly the maximum once that is reached. Source of the curve: WebJobs
 * SDK, RandomizedExponentialBackoffStrategy. Not safe for use by many threads.
 */
final class Backoff {
  private final Duration minimum;
  private final RandomGenerator random;
  private int pauses;
  private boolean atMaximum;

  Backoff(Duration minimum, RandomGenerator random) {
    this.minimum = minimum;
    this.random = random;
  }

  /** The next pause, at most {@code maximum}. */
  Duration next(Duration maximum) {
    if (atMaximum) {
      return maximum;
    }
    double nanos = minimum.toNanos();
    double most = maximum.toSeconds() * 1e9 + maximum.toNanosPart();
    if (pauses > 0) {
      nanos += nanos * Math.pow(2, pauses - 1.0) * random.nextDouble(0.8, 1.2);
    }
    pauses++;
    if (nanos >= most) {
      atMaximum = true;
      return maximum;
    }
    return Duration.ofNanos((long) nanos);
  }

  /** Begins anew: something was found. */
  void reset() {
    pauses = 0;
    atMaximum = false;
  }
}
