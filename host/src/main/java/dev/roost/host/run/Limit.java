package dev.roost.host.run;

/**
 * How many invocations may run at once: the pure arithmetic behind a {@link Gate}. Called under the
 * gate's lock.
 */
public interface Limit {

  /** The limit now; at least 1. */
  int current();

  /**
   * A limit that never moves.
   *
   * @param current at least 1
   */
  record Fixed(int current) implements Limit {
    public Fixed {
      if (current < 1) {
        throw new IllegalArgumentException("limit " + current);
      }
    }
  }
}
