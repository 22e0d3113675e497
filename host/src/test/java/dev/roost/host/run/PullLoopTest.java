package dev.roost.host.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.roost.host.limit.Limit;
import dev.roost.spi.BindingData;
import dev.roost.spi.Delivery;
import dev.roost.spi.Demand;
import dev.roost.spi.Health;
import dev.roost.spi.Outcome;
import dev.roost.spi.Payload;
import dev.roost.spi.RetryAfter;
import dev.roost.spi.Source;
import dev.roost.testkit.ManualClock;
import dev.roost.testkit.RecordedMeters;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PullLoopTest {
  static {
    org.awaitility.Awaitility.setDefaultTimeout(java.time.Duration.ofSeconds(60));
  }

  private static final Outcome DONE = new Outcome.Succeeded(Payload.EMPTY);

  private final ManualClock clock = new ManualClock(Instant.EPOCH);
  private final MemorySource source = new MemorySource();
  private final Gate gate = new Gate(new Limit.Fixed(2), clock);
  private Invocation function = (delivery, _) -> DONE;
  private final Dispatcher dispatcher =
      new Dispatcher(
          Map.of("Work", (delivery, running) -> function.invoke(delivery, running)),
          clock,
          new InvocationMeters(new RecordedMeters(), clock));
  private final PullLoop loop = new PullLoop("Work", source, gate, dispatcher, clock);

  @AfterEach
  void stop() {
    loop.stop();
    await().until(loop::stopped);
  }

  @Test
  void settlesEveryEventOnce() {
    source.add(20);
    loop.start();
    await().until(() -> source.settled.size() == 20);
    assertThat(source.settled).containsOnly(DONE);
    await().until(() -> gate.inFlight() == 0);
  }

  @Test
  void neverFetchesMoreThanThereArePermits() {
    CountDownLatch end = new CountDownLatch(1);
    AtomicInteger running = new AtomicInteger();
    function =
        (delivery, _) -> {
          running.incrementAndGet();
          awaitLatch(end);
          return DONE;
        };
    source.add(10);
    loop.start();
    await().until(() -> running.get() == 2);
    assertThat(source.waiting.size()).isEqualTo(8);
    assertThat(gate.inFlight()).isEqualTo(2);
    end.countDown();
    await().until(() -> source.settled.size() == 10);
    assertThat(source.mostAsked.get()).isEqualTo(2);
  }

  @Test
  void backsOffWhileTheQueueIsEmpty() {
    loop.start();
    await().until(() -> source.polls.get() == 1 && clock.waiting() == 1);
    clock.advance(Duration.ofMillis(99));
    assertThat(source.polls.get()).isEqualTo(1);
    clock.advance(Duration.ofMillis(1));
    await().until(() -> source.polls.get() == 2 && clock.waiting() == 1);
    clock.advance(Duration.ofMillis(179));
    assertThat(source.polls.get()).isEqualTo(2);
    clock.advance(Duration.ofMillis(41));
    await().until(() -> source.polls.get() == 3);
  }

  @Test
  void pollsAtOnceWhenTheSourceWakesIt() {
    loop.start();
    await().until(() -> source.polls.get() == 1 && clock.waiting() == 1);
    source.add(1);
    source.wake.run();
    await().until(() -> source.settled.size() == 1);
  }

  @Test
  void saysThatItIsDegradedAndRecoversByItself() {
    source.broken = new IOException("the storage is away");
    loop.start();
    await().until(() -> loop.health().state() == Health.State.DEGRADED);
    assertThat(loop.health().reason()).isEqualTo("the storage is away");
    assertThat(gate.inFlight()).isZero();
    source.broken = null;
    source.add(1);
    await().until(() -> clock.waiting() == 1);
    clock.advance(Duration.ofMillis(500));
    await().until(() -> source.settled.size() == 1);
    assertThat(loop.health()).isEqualTo(Health.UP);
  }

  @Test
  void doesNotSpinWhileTheSourceIsBroken() {
    source.broken = new IOException("the storage is away");
    loop.start();
    for (int i = 1; i <= 10; i++) {
      await().until(() -> clock.waiting() == 1);
      int polls = source.polls.get();
      clock.advance(Duration.ofSeconds(30));
      await().until(() -> source.polls.get() > polls && clock.waiting() == 1);
    }
    // While the clock jumps, several of the short first pauses may be over at once.
    assertThat(source.polls.get()).isBetween(11, 40);
  }

  @Test
  void waitsAsLongAsABusySourceAsksAndNoLongerThanFiveMinutes() {
    source.broken = new Busy(Duration.ofSeconds(90));
    loop.start();
    pollsAgainAfter(Duration.ofSeconds(90), 2);
    source.broken = new Busy(Duration.ofDays(2));
    pollsAgainAfter(Duration.ofSeconds(90), 3);
    pollsAgainAfter(Duration.ofMinutes(5), 4);
    source.broken = new Busy(Duration.ofMillis(1));
    pollsAgainAfter(Duration.ofMinutes(5), 5);
    clock.advance(Duration.ofMillis(1));
    assertThat(source.polls.get()).as("its own pause is longer").isEqualTo(5);
  }

  private void pollsAgainAfter(Duration pause, int polls) {
    await().until(() -> source.polls.get() == polls - 1 && clock.waiting() == 1);
    source.wake.run();
    clock.advance(pause.minusMillis(1));
    assertThat(clock.waiting()).as("waits still").isEqualTo(1);
    assertThat(source.polls.get()).isEqualTo(polls - 1);
    clock.advance(Duration.ofMillis(1));
    await().until(() -> source.polls.get() == polls && clock.waiting() == 1);
  }

  private static final class Busy extends IOException implements RetryAfter {
    private static final long serialVersionUID = 1L;
    private final Duration pause;

    Busy(Duration pause) {
      super("busy");
      this.pause = pause;
    }

    @Override
    public Optional<Duration> retryAfter() {
      return Optional.of(pause);
    }
  }

  @Test
  void goesOnAfterAFailureToSayWhatItWants() {
    source.demand =
        () -> {
          throw new IllegalStateException("no demand");
        };
    loop.start();
    await().until(() -> clock.waiting() == 1);
    assertThat(loop.health().reason()).isEqualTo("IllegalStateException: no demand");
    assertThat(gate.inFlight()).isZero();
    source.demand = () -> new Demand(1, 16);
    source.add(1);
    clock.advance(Duration.ofMillis(500));
    await().until(() -> source.settled.size() == 1);
  }

  @Test
  void fetchesNothingAfterStopAndLetsWhatRunsEnd() {
    CountDownLatch end = new CountDownLatch(1);
    function =
        (delivery, _) -> {
          awaitLatch(end);
          return DONE;
        };
    source.add(5);
    loop.start();
    await().until(() -> dispatcher.runningCount() == 2);
    loop.stop();
    await().until(loop::stopped);
    end.countDown();
    await().until(() -> dispatcher.runningCount() == 0);
    assertThat(source.settled).hasSize(2);
    assertThat(source.waiting).hasSize(3);
    assertThat(source.stopped).isTrue();
  }

  private static void awaitLatch(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A source in memory. */
  private static final class MemorySource implements Source.Pull {
    final Queue<Integer> waiting = new ConcurrentLinkedQueue<>();
    final Queue<Outcome> settled = new ConcurrentLinkedQueue<>();
    final AtomicInteger polls = new AtomicInteger();
    final AtomicInteger mostAsked = new AtomicInteger();
    volatile Runnable wake = () -> {};
    volatile Supplier<Demand> demand = () -> new Demand(1, 16);
    volatile IOException broken;
    volatile boolean stopped;

    void add(int count) {
      for (int i = 0; i < count; i++) {
        waiting.add(i);
      }
    }

    @Override
    public int concurrency() {
      return 2;
    }

    @Override
    public Demand demand() {
      return demand.get();
    }

    @Override
    public void start(Runnable wakeUp) {
      wake = wakeUp;
    }

    @Override
    public List<Delivery> poll(int permits) throws IOException {
      polls.incrementAndGet();
      mostAsked.accumulateAndGet(permits, Math::max);
      if (broken != null) {
        throw broken;
      }
      List<Delivery> deliveries = new ArrayList<>();
      for (Integer id = next(permits, deliveries); id != null; id = next(permits, deliveries)) {
        deliveries.add(delivery());
      }
      return deliveries;
    }

    private Integer next(int permits, List<Delivery> deliveries) {
      return deliveries.size() < permits ? waiting.poll() : null;
    }

    @Override
    public Duration maxIdle() {
      return Duration.ofMinutes(1);
    }

    @Override
    public void stop() {
      stopped = true;
    }

    private Delivery delivery() {
      return new Delivery() {
        @Override
        public String function() {
          return "Work";
        }

        @Override
        public Payload payload() {
          return Payload.EMPTY;
        }

        @Override
        public BindingData data() {
          return BindingData.EMPTY;
        }

        @Override
        public String reason() {
          return "test";
        }

        @Override
        public void settle(Outcome outcome) {
          settled.add(outcome);
        }
      };
    }
  }
}
