package dev.roost.spi;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * Where bindings count and measure what they do. Names are words joined by dots, such as {@code
 * roost.timer.missed}; {@code /metrics} shows them in Prometheus's form. Labels are pairs of name
 * and value; a name is always used with the same labels. Asking again for the same name and labels
 * gives the same meter. Safe for use by many threads.
 */
public interface Meters {

  /** A number that only grows. */
  Counter counter(String name, String description, String... labels);

  /** A distribution of durations. */
  Timing timing(String name, String description, String... labels);

  /** A number that is asked for when somebody looks; must not block. NaN when it is unknown. */
  void gauge(String name, String description, DoubleSupplier value, String... labels);

  /** Counts events. */
  interface Counter {
    /** Adds what happened, never negative. */
    void add(long events);
  }

  /** Measures durations. */
  interface Timing {
    /** Adds one; a negative duration, as after a step of the clock, counts as zero. */
    void record(Duration duration);
  }
}
