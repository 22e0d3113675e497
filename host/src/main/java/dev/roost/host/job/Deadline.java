package dev.roost.host.job;

import dev.roost.spi.HostClock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** When a job has to end: its time is over, or somebody said so. */
final class Deadline {
  private static final long FOR_EVER = Duration.ofDays(365).toNanos();

  private final HostClock clock;
  private final long at;
  private final boolean limited;
  private final Future<?> stop;

  /**
   * @param timeout from now; zero for no limit
   * @param stop done when the job is told to end
   */
  Deadline(HostClock clock, Duration timeout, Future<?> stop) {
    this.clock = clock;
    this.limited = timeout.isPositive();
    this.at = clock.nanoTime() + (limited ? timeout.toNanos() : FOR_EVER);
    this.stop = stop;
  }

  boolean stopped() {
    return stop.isDone();
  }

  boolean over() {
    return limited && clock.nanoTime() - at >= 0;
  }

  boolean passed() {
    return stopped() || over();
  }

  /** Waits until {@code event} is there, the deadline has passed, or {@code limit} is over. */
  void await(CompletableFuture<?> event, Duration limit) throws InterruptedException {
    CompletableFuture<?> either =
        stop instanceof CompletableFuture<?> told ? CompletableFuture.anyOf(event, told) : event;
    long nanos = Math.min(limit.toNanos(), Math.max(0, at - clock.nanoTime()));
    try {
      either.get(nanos, TimeUnit.NANOSECONDS);
    } catch (TimeoutException _) {
      // The caller looks at the clock itself.
    } catch (ExecutionException e) {
      throw new IllegalStateException("nobody fails these futures", e);
    }
  }
}
