package dev.roost.host.lease;

import dev.roost.spi.Waiter;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * Lets only so many tasks run at once, in the order in which they came: a hundred locks that are
 * asked for at the same moment, by a process that has just begun, would time each other out. Safe
 * for use by many threads.
 */
final class Lanes {
  private final Waiter waiter;
  private final Deque<Runnable> waiting = new ArrayDeque<>();
  private final ReadWriteLock running = new ReentrantReadWriteLock();
  private volatile boolean closed;
  private int free;

  Lanes(Waiter waiter, int lanes) {
    this.waiter = waiter;
    this.free = lanes;
  }

  /** Runs it on the calling thread, with those that wait behind it, or later on another's. */
  void run(Runnable task) {
    synchronized (this) {
      if (free == 0) {
        waiting.add(task);
        return;
      }
      free--;
    }
    boolean broken = true;
    try {
      for (Runnable next = task; next != null; next = next()) {
        runUnlessClosed(next);
      }
      broken = false;
    } finally {
      if (broken) {
        leave();
      }
    }
  }

  private void runUnlessClosed(Runnable task) {
    running.readLock().lock();
    try {
      if (!closed) {
        task.run();
      }
    } finally {
      running.readLock().unlock();
    }
  }

  /**
   * Begins no task any more, and waits for those that run.
   *
   * @return false when some still ran after {@code limit}
   */
  boolean close(Duration limit) throws InterruptedException {
    closed = true;
    if (!running.writeLock().tryLock(limit.toNanos(), TimeUnit.NANOSECONDS)) {
      return false;
    }
    running.writeLock().unlock();
    return true;
  }

  private synchronized @Nullable Runnable next() {
    Runnable next = waiting.poll();
    if (next == null) {
      free++;
    }
    return next;
  }

  /** What threw has left its lane; who waits behind it goes on. */
  private synchronized void leave() {
    free++;
    Runnable next = waiting.poll();
    if (next != null) {
      waiter.after(Duration.ZERO, () -> run(next));
    }
  }
}
