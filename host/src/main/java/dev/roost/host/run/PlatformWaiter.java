package dev.roost.host.run;

import dev.roost.spi.Waiter;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Waits on one platform thread and runs what is due on others, so that a task that does I/O delays
 * nobody's due time and user code on virtual threads can't silence either.
 */
public final class PlatformWaiter implements Waiter, AutoCloseable {
  private static final Duration LONGEST = Duration.ofDays(3_650);

  private final ScheduledThreadPoolExecutor clock =
      new ScheduledThreadPoolExecutor(
          1, Thread.ofPlatform().daemon().name("roost-waiter").factory());
  private final ExecutorService tasks =
      Executors.newCachedThreadPool(
          Thread.ofPlatform().daemon().name("roost-housekeeping-", 0).factory());

  public PlatformWaiter() {
    clock.setRemoveOnCancelPolicy(true);
    clock.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  @Override
  public Pending after(Duration delay, Runnable task) {
    try {
      ScheduledFuture<?> due =
          clock.schedule(() -> hand(task), bounded(delay).toNanos(), TimeUnit.NANOSECONDS);
      return () -> due.cancel(false);
    } catch (RejectedExecutionException closed) {
      return () -> {};
    }
  }

  /** No wait is negative, and none outlasts the process by more than the arithmetic can hold. */
  private static Duration bounded(Duration delay) {
    if (delay.isNegative()) {
      return Duration.ZERO;
    }
    return delay.compareTo(LONGEST) < 0 ? delay : LONGEST;
  }

  private void hand(Runnable task) {
    try {
      tasks.execute(task);
    } catch (RejectedExecutionException closed) {
      // The host has stopped: nothing is due any more.
      return;
    }
  }

  /** Nothing becomes due any more; running tasks are interrupted. */
  @Override
  public void close() {
    clock.shutdownNow();
    tasks.shutdownNow();
  }
}
