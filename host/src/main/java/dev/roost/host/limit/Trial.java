package dev.roost.host.limit;

/**
 * Steps into one direction: a step that did not pay is tried again later each time, and smaller;
 * one that paid makes the next as large as the first.
 */
final class Trial {
  private static final double LARGEST = 0.3;
  private static final double SMALLEST = 0.1;

  private final double shortest;
  private final double longest;
  private double next;
  private double left;
  private double stride = LARGEST;

  /** How long the pauses may be, in seconds. */
  Trial(double shortest, double longest) {
    this.shortest = shortest;
    this.longest = longest;
    this.next = shortest;
  }

  void pass(double seconds) {
    left -= seconds;
  }

  /** True when the pause after the last failure is over. */
  boolean isDue() {
    return left <= 0;
  }

  /** The size of the next step, as a part of the limit. */
  double stride() {
    return stride;
  }

  void failed() {
    left = next;
    next = Math.min(longest, next * 2);
    stride = Math.max(SMALLEST, stride / 2);
  }

  /** Forgets the failures. */
  void renew() {
    left = 0;
    next = shortest;
    stride = LARGEST;
  }
}
