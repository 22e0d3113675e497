package dev.roost.http;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.roost.testkit.ManualClock;
import io.netty.channel.nio.NioIoHandler;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VirtualLoopTest {
  private final ManualClock clock = new ManualClock(Instant.parse("2026-01-01T00:00:00Z"));
  private final VirtualLoops loops = new VirtualLoops(1, NioIoHandler.newFactory(), clock);
  private final VirtualLoop loop = (VirtualLoop) loops.next();

  @AfterEach
  void close() throws InterruptedException {
    loops.shutdownGracefully(0, 1, MINUTES);
    assertThat(loops.awaitTermination(1, MINUTES)).isTrue();
  }

  /** Starts a task from the loop's own thread and tells the thread that ran it. */
  private CompletableFuture<Thread> start(Runnable task) {
    CompletableFuture<Thread> ran = new CompletableFuture<>();
    loop.execute(() ->
        loop.start(
            Thread.ofVirtual().name("own"),
            () -> {
              task.run();
              ran.complete(Thread.currentThread());
            }));
    return ran;
  }

  private static void hold(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void runsARequestOnItsOwnThreadBetweenTwoRounds() throws Exception {
    AtomicBoolean inside = new AtomicBoolean(true);

    Thread thread = start(() -> inside.set(loop.inEventLoop())).get(1, MINUTES);

    assertThat(thread.isVirtual()).isTrue();
    assertThat(thread.getName()).isEqualTo("roost-http");
    assertThat(inside).as("what it sends is queued, as from any thread").isFalse();
  }

  @Test
  void runsOneRequestOfARoundAndGivesTheOthersThreadsOfTheirOwn() throws Exception {
    CompletableFuture<Thread> first = new CompletableFuture<>();
    CompletableFuture<Thread> second = new CompletableFuture<>();
    loop.execute(() -> {
      loop.start(Thread.ofVirtual().name("own"), () -> first.complete(Thread.currentThread()));
      loop.start(Thread.ofVirtual().name("own"), () -> second.complete(Thread.currentThread()));
    });

    assertThat(first.get(1, MINUTES).getName()).isEqualTo("roost-http");
    assertThat(second.get(1, MINUTES).getName()).isEqualTo("own");
  }

  @Test
  void isDrivenOnByAnotherThreadWhenARequestTakesLong() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    CompletableFuture<Thread> blocked =
        start(() -> {
          begun.countDown();
          hold(release);
        });
    hold(begun);
    CompletableFuture<Thread> other = new CompletableFuture<>();
    loop.execute(() -> other.complete(Thread.currentThread()));
    assertThat(other).isNotDone();

    await()
        .untilAsserted(() -> {
          clock.advance(Duration.ofMillis(5));
          assertThat(other).isDone();
        });
    release.countDown();

    assertThat(blocked.get(1, MINUTES)).isNotSameAs(other.get());
    assertThat(start(() -> {}).get(1, MINUTES).getName())
        .as("after one that blocked, a few are not tried")
        .isEqualTo("own");
  }

  @Test
  void goesOnAfterARequestThatThrowsOrLeavesItsThreadInterrupted() throws Exception {
    start(() -> {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("told in the log");
    });

    AtomicBoolean interrupted = new AtomicBoolean(true);
    start(() -> interrupted.set(Thread.currentThread().isInterrupted())).get(1, MINUTES);

    assertThat(interrupted).isFalse();
  }

  @Test
  void startsWhatOtherThreadsBringOnThreadsOfTheirOwn() throws Exception {
    CompletableFuture<Thread> ran = new CompletableFuture<>();

    loop.start(Thread.ofVirtual().name("own"), () -> ran.complete(Thread.currentThread()));

    assertThat(ran.get(1, MINUTES).getName()).isEqualTo("own");
  }
}
