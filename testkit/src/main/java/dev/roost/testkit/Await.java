package dev.roost.testkit;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits in a test for what another thread or process does. */
public final class Await {
  private static final long LOOK_EVERY = Duration.ofMillis(10).toNanos();

  private Await() {}

  /**
   * Waits until {@code condition} holds.
   *
   * @param what said in the failure when it does not hold within {@code limit}
   */
  public static void until(String what, Duration limit, Callable<Boolean> condition)
      throws Exception {
    long end = System.nanoTime() + limit.toNanos();
    while (!condition.call()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not within " + limit + ": " + what);
      }
      LockSupport.parkNanos(LOOK_EVERY);
    }
  }
}
