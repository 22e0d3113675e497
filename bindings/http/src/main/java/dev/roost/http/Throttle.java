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
  private int left;
  private boolean handingOver;

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
    synchronized (this) {
      left++;
      if (handingOver) {
        return;
      }
      handingOver = true;
    }
    for (Handover handover = next(); handover.goesOn(); handover = next()) {
      handover.start().run();
    }
  }

  /** One thread hands places over, in a loop: a request that is answered at once leaves inside. */
  private synchronized Handover next() {
    if (left == 0) {
      handingOver = false;
      return Handover.NONE;
    }
    left--;
    Runnable waiting = line.poll();
    if (waiting == null) {
      running--;
      return Handover.NOBODY;
    }
    return new Handover(true, waiting);
  }

  private record Handover(boolean goesOn, Runnable start) {
    static final Handover NONE = new Handover(false, () -> {});
    static final Handover NOBODY = new Handover(true, () -> {});
  }

  private boolean isOpen() {
    return maxOutstanding < 0 && maxConcurrent < 0;
  }
}
