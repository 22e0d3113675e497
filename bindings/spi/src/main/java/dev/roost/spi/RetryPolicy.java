package dev.roost.spi;

import java.time.Duration;

/**
 * How a failed invocation is tried again inside the same delivery (function.json or host.json
 * {@code retry}). Source of the rules: WebJobs SDK, FunctionExecutorExtensions.
 */
public sealed interface RetryPolicy {

  /** Means "for ever" as a {@link #maxRetryCount()}. */
  int FOR_EVER = -1;

  /** Retries after the first attempt; {@link #FOR_EVER} for no end. */
  int maxRetryCount();

  /**
   * The same pause before every retry.
   *
   * @param maxRetryCount retries after the first attempt, or {@link #FOR_EVER}
   * @param delayInterval the pause
   */
  record FixedDelay(int maxRetryCount, Duration delayInterval) implements RetryPolicy {}

  /**
   * A pause that doubles, with 20 % jitter, between two bounds.
   *
   * @param maxRetryCount retries after the first attempt, or {@link #FOR_EVER}
   * @param minimumInterval the first pause
   * @param maximumInterval no pause is longer
   */
  record ExponentialBackoff(int maxRetryCount, Duration minimumInterval, Duration maximumInterval)
      implements RetryPolicy {}
}
