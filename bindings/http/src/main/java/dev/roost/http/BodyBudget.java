package dev.roost.http;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory that all request bodies may take together while they wait to be complete and answered:
 * a quarter of the heap, and at least one body of the largest size. Bodies below {@value #SMALL}
 * bytes are not counted.
 */
final class BodyBudget {
  static final int SMALL = 64 * 1024;

  private final long bound;
  private final AtomicLong taken = new AtomicLong();

  BodyBudget(long largest) {
    bound = Math.max(largest, Runtime.getRuntime().maxMemory() / 4);
  }

  /** Takes bytes if there are any left. */
  boolean take(long bytes) {
    if (taken.addAndGet(bytes) <= bound) {
      return true;
    }
    taken.addAndGet(-bytes);
    return false;
  }

  void giveBack(long bytes) {
    taken.addAndGet(-bytes);
  }
}
