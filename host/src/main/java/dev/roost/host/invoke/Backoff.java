package dev.roost.host.invoke;

import dev.roost.spi.RetryPolicy;
import java.time.Duration;

/**
 * The pause before a retry. Source of the rules: WebJobs SDK, RandomizedExponentialBackoffStrategy.
 */
final class Backoff {
  private Backoff() {}

  /**
   * @param retry which retry it comes before, from 1
   * @param jitter between 0.8 and 1.2
   */
  static Duration before(int retry, RetryPolicy policy, double jitter) {
    return switch (policy) {
      case RetryPolicy.FixedDelay fixed -> fixed.delayInterval();
      case RetryPolicy.ExponentialBackoff(int _, Duration minimum, Duration maximum) -> {
        if (retry == 1) {
          yield minimum.compareTo(maximum) < 0 ? minimum : maximum;
        }
        double nanos =
            minimum.toNanos() + jitter * minimum.toNanos() * Math.pow(2, Math.min(retry - 2, 62));
        yield nanos >= maximum.toNanos() ? maximum : Duration.ofNanos((long) nanos);
      }
    };
  }
}
