package dev.roost.host.limit;

/**
 * How many invocations of one source may run at once: pure arithmetic over observations. Called
 * under its gate's lock.
 */
public interface Limit {

  /** The limit now; at least 1. */
  int current();

  /** Why it is what it is, in a few words for people. */
  String why();

  /** The same in one word of few. */
  default Reason reason() {
    return Reason.FIXED;
  }

  /** Told what happened since the last observation, every tenth of a second or so. */
  default void observe(Observation observation) {}

  /** Told of a limit that was found in an earlier life; one that has moved since ignores it. */
  default void raise(int found) {}

  /** True when {@link #current()} may be another number after an observation. */
  default boolean moves() {
    return false;
  }

  /**
   * A limit that never moves.
   *
   * @param current at least 1
   * @param why who chose it
   */
  record Fixed(int current, String why) implements Limit {
    public Fixed {
      if (current < 1) {
        throw new IllegalArgumentException("limit " + current);
      }
    }

    public Fixed(int current) {
      this(current, "fixed");
    }
  }
}
