package dev.roost.storage.queue;

import java.time.Duration;

/** How long a failed message stays invisible before it comes again. */
sealed interface Redelivery {
  /** Azure Storage hides a message for no longer. */
  Duration LONGEST = Duration.ofDays(7);

  /**
   * @param attempts how often the message was received so far, 1 or more
   */
  Duration after(long attempts);

  /** Always the same. */
  record Fixed(Duration pause) implements Redelivery {
    @Override
    public Duration after(long attempts) {
      return pause;
    }
  }

  /** Doubles from {@code least} to {@code most}. */
  record Exponential(Duration least, Duration most) implements Redelivery {
    @Override
    public Duration after(long attempts) {
      long doublings = Math.min(attempts - 1, 30);
      Duration pause = least.multipliedBy(1L << doublings);
      return pause.compareTo(most) < 0 ? pause : most;
    }
  }
}
