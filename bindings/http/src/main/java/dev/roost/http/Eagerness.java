package dev.roost.http;

/**
 * Whether something is worth trying again: after it was not, it is left out for a while, twice as
 * long each time in a row. Not safe for use by many threads.
 */
final class Eagerness {
  private final Bounds bounds;
  private int left;
  private int pause;

  /** The shortest and the longest pause, in occasions. */
  record Bounds(int shortest, int longest) {}

  Eagerness(Bounds bounds) {
    this.bounds = bounds;
    this.pause = bounds.shortest();
  }

  /** Asked once an occasion. */
  boolean isWorthIt() {
    if (left > 0) {
      left--;
      return false;
    }
    return true;
  }

  /** How the last try went. */
  void was(boolean good) {
    if (good) {
      pause = bounds.shortest();
    } else {
      left = pause;
      pause = Math.min(bounds.longest(), pause * 2);
    }
  }
}
