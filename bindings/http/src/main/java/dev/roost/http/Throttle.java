package dev.roost.http;

import java.util.ArrayDeque;

/**
 * How many function requests are in the house. At most {@code maxConcurrent} run at once, the
 * others stand in line in order of arrival; at most {@code maxOutstanding} run and stand together.
 * Safe for use by many threads.
 */
final class Throttle {
  private final int maxOutstanding;
  private final int maxConcurrent;
  private final ArrayDeque<Runnable> line = new ArrayDeque<>();
  private int running;

  /** Negative numbers are no bounds. */
  Throttle(int maxOutstanding, int maxConcurrent) {
    this.maxOutstanding = maxOutstanding;
    this.maxConcurrent = maxConcurrent;
  }

  /**
   * Lets a request in: runs {@code start} now, or later when one has left.
   *
   * @return false when there is no room; {@code start} will not run
   */
  boolean enter(Runnable start) {
    if (isOpen()) {
      start.run();
      return true;
    }
    synchronized (this) {
      if (maxOutstanding >= 0 && running + line.size() >= maxOutstanding) {
        return false;
      }
      if (maxConcurrent >= 0 && running >= maxConcurrent) {
        line.add(start);
        return true;
      }
      running++;
    }
    start.run();
    return true;
  }

  /** Tells that a request that was started has been answered; starts the next. */
  void leave() {
    if (isOpen()) {
      return;
    }
    Runnable next;
    synchronized (this) {
      next = line.poll();
      if (next == null) {
        running--;
      }
    }
    if (next != null) {
      next.run();
    }
  }

  private boolean isOpen() {
    return maxOutstanding < 0 && maxConcurrent < 0;
  }
}
