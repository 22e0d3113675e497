package dev.roost.host.run;

import dev.roost.spi.HostClock;
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
  private static final Duration SLOT = Duration.ofSeconds(1);

  private final ScheduledThreadPoolExecutor due =
      new ScheduledThreadPoolExecutor(
          1, Thread.ofPlatform().daemon().name("roost-waiter").factory());
  private final ExecutorService tasks =
      Executors.newCachedThreadPool(
          Thread.ofPlatform().daemon().name("roost-housekeeping-", 0).factory());
  private final FarTasks far;

  public PlatformWaiter(HostClock clock) {
    due.setRemoveOnCancelPolicy(true);
    due.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    far = new FarTasks(SLOT, clock, this::exactly);
  }

  @Override
  public Pending after(Duration delay, Runnable task) {
    Duration wait = bounded(delay);
    return far.take(wait) ? far.add(wait, task) : exactly(wait, task);
  }

  private Pending exactly(Duration delay, Runnable task) {
    try {
      ScheduledFuture<?> future =
          due.schedule(() -> hand(task), delay.toNanos(), TimeUnit.NANOSECONDS);
      return () -> future.cancel(false);
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
    due.shutdownNow();
    tasks.shutdownNow();
  }
}
