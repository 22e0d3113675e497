package dev.roost.testkit;

import dev.roost.spi.HostClock;
import dev.roost.spi.Waiter;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * A clock and waiter that stand still until they are told. Tasks run on the thread that advances
 * the clock, in order of their due time. Wall clock and monotonic clock can be moved apart.
 */
public final class ManualClock implements HostClock, Waiter {
  private record Task(long dueNanos, long order, Runnable run) {}

  private final PriorityQueue<Task> tasks =
      new PriorityQueue<>(Comparator.comparingLong(Task::dueNanos).thenComparingLong(Task::order));
  private Instant now;
  private long nanos;
  private long order;

  /** Starts the clock at {@code now}. */
  public ManualClock(Instant now) {
    this.now = now;
  }

  @Override
  public synchronized Instant now() {
    return now;
  }

  @Override
  public synchronized long nanoTime() {
    return nanos;
  }

  @Override
  public synchronized Pending after(Duration delay, Runnable run) {
    long due = nanos + Math.max(0, delay.toNanos());
    Task task = new Task(due, order++, run);
    tasks.add(task);
    return () -> remove(task);
  }

  /** Lets time pass, running every task at its due time. */
  public void advance(Duration duration) {
    long end = nanoTime() + duration.toNanos();
    for (Task task = dueBefore(end); task != null; task = dueBefore(end)) {
      task.run().run();
    }
    synchronized (this) {
      // A task may have advanced the clock itself, as one that hangs does.
      if (end > nanos) {
        now = now.plusNanos(end - nanos);
        nanos = end;
      }
    }
  }

  /** Steps the wall clock alone, as an operator or NTP does; no task becomes due by it. */
  public synchronized void step(Duration duration) {
    now = now.plus(duration);
  }

  /** How many tasks wait. */
  public synchronized int waiting() {
    return tasks.size();
  }

  private synchronized @Nullable Task dueBefore(long end) {
    Task next = tasks.peek();
    if (next == null || next.dueNanos() > end) {
      return null;
    }
    tasks.remove();
    now = now.plusNanos(next.dueNanos() - nanos);
    nanos = next.dueNanos();
    return next;
  }

  private synchronized void remove(Task task) {
    tasks.remove(task);
  }
}
