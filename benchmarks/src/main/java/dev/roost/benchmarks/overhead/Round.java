package dev.roost.benchmarks.overhead;

import dev.roost.spi.Outcome;
import dev.roost.spi.Payload;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A number of events that the host is given as fast as it takes them. */
final class Round {
  private static final CompletableFuture<Consumer<Round>> SOURCE = new CompletableFuture<>();
  private static final int AT_ONCE = 64;

  private final AtomicInteger left;
  private final CountDownLatch unsettled;
  private final Semaphore places = new Semaphore(AT_ONCE);
  private volatile String trouble = "";

  private Round(int events) {
    this.left = new AtomicInteger(events);
    this.unsettled = new CountDownLatch(events);
  }

  /** The source is started and takes rounds. */
  static void source(Consumer<Round> source) {
    SOURCE.complete(source);
  }

  /** Waits until a source has taken so many events and all are settled. */
  static void run(int events) throws Exception {
    Round round = new Round(events);
    SOURCE.get(1, TimeUnit.MINUTES).accept(round);
    if (!round.unsettled.await(5, TimeUnit.MINUTES)) {
      throw new IllegalStateException(round.unsettled.getCount() + " events are not settled");
    }
    if (!round.trouble.isEmpty()) {
      throw new IllegalStateException("an event ended as " + round.trouble);
    }
  }

  /** Takes as many events as are left, at the most {@code wanted}. */
  int take(int wanted) {
    int taken = Math.min(wanted, left.get());
    left.addAndGet(-taken);
    return taken;
  }

  /** Waits while too many are under way. */
  void enter(int events) throws InterruptedException {
    places.acquire(events);
  }

  /**
   * An event is settled.
   *
   * @param answered true when its sender waits for an answer
   */
  void settled(Outcome outcome, boolean answered) {
    boolean right =
        outcome instanceof Outcome.Succeeded(Payload reply)
            && reply.equals(Payload.EMPTY) != answered;
    if (!right) {
      trouble = outcome.toString();
    }
    places.release();
    unsettled.countDown();
  }
}
