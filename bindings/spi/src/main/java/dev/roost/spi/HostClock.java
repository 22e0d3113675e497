package dev.roost.spi;

import java.time.Instant;

/** The only place that knows the time. */
public interface HostClock {

  /** Wall-clock time; may jump. */
  Instant now();

  /** Monotonic time in nanoseconds, for durations and deadlines only. */
  long nanoTime();
}
