package dev.roost.testkit;

import dev.roost.spi.HostClock;
import dev.roost.spi.Waiter;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The machine's own time, for tests whose other side is a real process. */
public final class RealTime implements HostClock, Waiter, AutoCloseable {
  private final ScheduledExecutorService timer =
      Executors.newScheduledThreadPool(
          2, Thread.ofPlatform().daemon().name("test-waiter-", 0).factory());

  @Override
  public Instant now() {
    return Instant.now();
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public Pending after(Duration delay, Runnable task) {
    Future<?> scheduled = timer.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    return () -> scheduled.cancel(false);
  }

  /** Drops what waits. */
  @Override
  public void close() {
    timer.shutdownNow();
  }
}
