package dev.roost.storage.poison;

import dev.roost.spi.HostClock;
import dev.roost.spi.HostServices;
import dev.roost.spi.Waiter;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** At most so many messages per second, evenly spread. Used by one thread. */
final class Pace {
  private final HostClock clock;
  private final Waiter waiter;
  private final long nanosBetween;
  private long next;

  /**
   * @param perSecond more than 0; {@link Double#POSITIVE_INFINITY} for no bound
   */
  Pace(HostServices host, double perSecond) {
    this.clock = host.clock();
    this.waiter = host.waiter();
    this.nanosBetween = (long) (Duration.ofSeconds(1).toNanos() / perSecond);
    this.next = clock.nanoTime();
  }

  /** Waits for this message's turn. */
  void await() throws InterruptedException {
    long now = clock.nanoTime();
    long pause = next - now;
    if (pause > 0) {
      CountDownLatch due = new CountDownLatch(1);
      waiter.after(Duration.ofNanos(pause), due::countDown);
      due.await();
    }
    next = Math.max(now, next) + nanosBetween;
  }
}
