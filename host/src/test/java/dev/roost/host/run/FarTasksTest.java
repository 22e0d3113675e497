package dev.roost.host.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.spi.Waiter;
import dev.roost.testkit.Await;
import dev.roost.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Tasks whose time is far, most of them cancelled before. */
class FarTasksTest {
  private static final Duration SLOT = Duration.ofMillis(20);
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final SystemClock clock = new SystemClock();

  @Test
  void runsEachOnceAndNeverEarlyAndNoneThatWasCancelled() throws Exception {
    List<Task> tasks = new ArrayList<>();
    try (PlatformWaiter waiter = new PlatformWaiter(clock)) {
      FarTasks far = new FarTasks(SLOT, clock, waiter);
      List<Thread> threads = new ArrayList<>();
      for (int seed = 0; seed < 4; seed++) {
        Random random = new Random(seed);
        List<Task> own = Stream.generate(() -> new Task(random)).limit(1_000).toList();
        tasks.addAll(own);
        threads.add(Thread.ofPlatform().start(() -> own.forEach(task -> task.add(far))));
      }
      for (Thread thread : threads) {
        thread.join();
      }
      Await.until(
          "all that were not cancelled",
          LIMIT,
          () -> tasks.stream().filter(task -> !task.toBeCancelled).allMatch(Task::ran));
    }

    assertThat(tasks)
        .allSatisfy(task -> {
          assertThat(task.runs.get()).isEqualTo(task.toBeCancelled ? 0 : 1);
          assertThat(task.early).isFalse();
        });
  }

  @Test
  void keepsFewSlotsForALongDelay() {
    ManualClock manual = new ManualClock(Instant.EPOCH);
    FarTasks far = new FarTasks(Duration.ofSeconds(1), manual, manual);
    for (int second = 0; second < 2_000; second++) {
      far.add(Duration.ofHours(10), () -> {}).cancel();
      manual.advance(Duration.ofSeconds(20));
    }

    assertThat(far.slots()).isBetween(50, 130);
    manual.advance(Duration.ofHours(10));
    assertThat(far.slots()).isZero();
  }

  @Test
  void runsWhatIsDueInTheirOrder() {
    ManualClock manual = new ManualClock(Instant.EPOCH);
    FarTasks far = new FarTasks(Duration.ofSeconds(1), manual, manual);
    List<Integer> ran = new ArrayList<>();
    for (int seconds : List.of(600, 3, 59, 60)) {
      Waiter.Pending _ = far.add(Duration.ofSeconds(seconds), () -> ran.add(seconds));
    }
    manual.advance(Duration.ofMillis(2_999));
    assertThat(ran).isEmpty();
    manual.advance(Duration.ofMillis(1));
    assertThat(ran).containsExactly(3);
    manual.advance(Duration.ofMillis(596_999));
    assertThat(ran).containsExactly(3, 59, 60);
    manual.advance(Duration.ofMillis(1));
    assertThat(ran).containsExactly(3, 59, 60, 600);
  }

  /** Added on a thread of many, and cancelled by it at once when it is to be. */
  private final class Task implements Runnable {
    final AtomicInteger runs = new AtomicInteger();
    final boolean toBeCancelled;
    private final Duration delay;
    private volatile long due;
    private volatile boolean early;

    Task(Random random) {
      delay = SLOT.multipliedBy(3).plusMillis(random.nextInt(500));
      toBeCancelled = random.nextInt(3) > 0;
    }

    void add(FarTasks far) {
      due = clock.nanoTime() + delay.toNanos();
      Waiter.Pending pending = far.add(delay, this);
      if (toBeCancelled) {
        pending.cancel();
      }
    }

    boolean ran() {
      return runs.get() > 0;
    }

    @Override
    public void run() {
      early |= clock.nanoTime() < due;
      runs.incrementAndGet();
    }
  }
}
