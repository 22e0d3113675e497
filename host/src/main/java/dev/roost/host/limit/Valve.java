package dev.roost.host.limit;

import dev.roost.spi.Outcome;

/** Something beside the limit that may hold events back at their trigger. */
public interface Valve {

  /**
   * How many more events may begin now.
   *
   * @param inFlight events fetched and not settled yet
   * @param nanos the monotonic time
   */
  int open(int inFlight, long nanos);

  /** Told that an event began. */
  default void begun(long nanos) {}

  /** Told how an event ended. */
  default void ended(Outcome outcome, long nanos) {}

  /** Why it holds events back, for people. */
  String why();

  /** The same in one word of few. */
  Reason reason();
}
