package dev.roost.host.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.roost.host.limit.LimitOptions;
import dev.roost.spi.BindingData;
import dev.roost.spi.Concurrency;
import dev.roost.spi.Delivery;
import dev.roost.spi.Demand;
import dev.roost.spi.Health;
import dev.roost.spi.ManualDelivery;
import dev.roost.spi.Outcome;
import dev.roost.spi.Payload;
import dev.roost.spi.Sink;
import dev.roost.spi.Source;
import dev.roost.testkit.ManualClock;
import dev.roost.testkit.RecordedMeters;
import dev.roost.testkit.TestHost;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Sources that are stopped and started again, on a clock that stands still. */
class ListeningTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final ManualClock clock = new ManualClock(Instant.EPOCH);
  private final CountDownLatch end = new CountDownLatch(1);
  private final AtomicInteger runs = new AtomicInteger();
  private final Dispatcher dispatcher =
      new Dispatcher(
          Map.of("Work", (_, _) -> work()),
          clock,
          new InvocationMeters(new RecordedMeters(), clock));

  private Outcome work() {
    runs.incrementAndGet();
    try {
      end.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    return new Outcome.Succeeded(Payload.EMPTY);
  }

  private Admission admission() {
    TestHost host = new TestHost();
    host.clock = clock;
    host.waiter = clock;
    return new Admission(
        new LimitOptions(Concurrency.STATIC, OptionalInt.empty(), 1, false), host, 2);
  }

  private Listening listening(Source source, boolean answers, String... functions) {
    Listening listening = new Listening(source, answers, admission(), dispatcher, clock);
    List.of(functions).forEach(listening::add);
    return listening;
  }

  @Test
  void aPushSourceBeginsAgainWhenAllItOfferedIsSettled() {
    PushSource source = new PushSource();
    Listening listening = listening(source, false, "Work");
    listening.start();
    assertThat(source.offer()).isTrue();
    listening.hold(true);
    assertThat(source.calls).containsExactly("start", "stop");
    assertThat(listening.health().health().state()).isEqualTo(Health.State.STANDBY);
    listening.hold(false);
    clock.advance(Duration.ofSeconds(1));
    assertThat(source.calls).as("while the event runs").containsExactly("start", "stop");
    end.countDown();
    await().atMost(LIMIT).until(() -> listening.health().inFlight() == 0);
    clock.advance(Duration.ofSeconds(1));
    assertThat(source.calls).containsExactly("start", "stop", "start");
    assertThat(source.offer()).isTrue();
  }

  @Test
  void whatMayNotRunYetWaitsInLineAndIsServedAlsoAtTheEnd() {
    PushSource source = new PushSource();
    source.line = 2;
    Listening listening = listening(source, true, "Work");
    listening.start();
    for (int i = 0; i < 4; i++) {
      assertThat(source.offer()).isTrue();
    }
    assertThat(source.offer()).as("beyond the line").isFalse();
    assertThat(listening.load().line()).isEqualTo(2);
    await().atMost(LIMIT).until(() -> runs.get() == 2);
    listening.end();
    await().atMost(LIMIT).until(() -> runs.get() == 4);
    end.countDown();
    await().atMost(LIMIT).until(() -> listening.load().settled() == 4);
  }

  @Test
  void nothingIsKnownOfALimitBeforeTheStart() {
    Listening listening = listening(new PushSource(), true, "Work");
    assertThat(listening.load().limit()).isZero();
    assertThat(listening.health().inFlight()).isZero();
  }

  @Test
  void aSourceThatAnswersIsNeverHeld() {
    PushSource source = new PushSource();
    Listening listening = listening(source, true, "Work");
    listening.start();
    listening.hold(true);
    assertThat(source.calls).containsExactly("start");
  }

  @Test
  void aPauseBeforeTheStartIsObeyedFromTheFirstMoment() {
    PushSource source = new PushSource();
    Listening listening = listening(source, false, "Work");
    listening.pause(Set.of("Work"));
    listening.start();
    assertThat(source.calls).isEmpty();
    listening.pause(Set.of());
    assertThat(source.calls).containsExactly("start");
  }

  @Test
  void aSourceOfSeveralFunctionsIsToldAndStopsWithTheLastOfThem() {
    PushSource source = new PushSource();
    Listening listening = listening(source, false, "Work", "More");
    listening.start();
    listening.pause(Set.of("Work", "Elsewhere"));
    assertThat(source.paused).containsExactly("Work");
    assertThat(source.calls).containsExactly("start");
    listening.pause(Set.of("Work", "More"));
    assertThat(source.calls).containsExactly("start", "stop");
    listening.pause(Set.of("More"));
    clock.advance(Duration.ofSeconds(1));
    assertThat(source.paused).containsExactly("More");
    assertThat(source.calls).containsExactly("start", "stop", "start");
  }

  @Test
  void aPullSourceKeepsItsGateSoThatWhatStillRunsCounts() {
    PullSource source = new PullSource();
    Listening listening = listening(source, false, "Work");
    listening.start();
    await().atMost(LIMIT).until(() -> runs.get() == 2);
    listening.hold(true);
    await().atMost(LIMIT).until(listening::stopped);
    listening.hold(false);
    clock.advance(Duration.ofSeconds(1));
    assertThat(listening.stopped()).isFalse();
    assertThat(listening.health().inFlight()).isEqualTo(2);
    assertThat(runs).hasValue(2);
    end.countDown();
    await().atMost(LIMIT).until(() -> runs.get() > 2);
    listening.end();
    await().atMost(LIMIT).until(listening::stopped);
  }

  @Test
  void nothingBeginsAgainAfterTheEnd() {
    PushSource source = new PushSource();
    Listening listening = listening(source, false, "Work");
    listening.start();
    listening.hold(true);
    listening.end();
    listening.hold(false);
    clock.advance(Duration.ofMinutes(1));
    assertThat(source.calls).containsExactly("start", "stop");
    assertThat(listening.stopped()).isTrue();
  }

  private static Delivery event() {
    return new ManualDelivery("Work", Payload.EMPTY, BindingData.EMPTY);
  }

  private static final class PushSource implements Source.Push {
    private final List<String> calls = new ArrayList<>();
    private List<String> paused = List.of();
    private int line;
    private @Nullable Sink sink;

    @Override
    public int concurrency() {
      return 2;
    }

    @Override
    public int line() {
      return line;
    }

    @Override
    public void pause(Set<String> functions) {
      paused = List.copyOf(functions);
    }

    @Override
    public void start(Sink to) {
      calls.add("start");
      sink = to;
    }

    @Override
    public void stop() {
      calls.add("stop");
      sink = null;
    }

    boolean offer() {
      Sink open = sink;
      return open != null && open.offer(event());
    }
  }

  private static final class PullSource implements Source.Pull {
    private final List<Integer> polls = new CopyOnWriteArrayList<>();

    @Override
    public int concurrency() {
      return 2;
    }

    @Override
    public Demand demand() {
      return new Demand(1, 2);
    }

    @Override
    public List<Delivery> poll(int permits) throws IOException {
      polls.add(permits);
      return polls.size() > 20 ? List.of() : List.of(event());
    }

    @Override
    public Duration maxIdle() {
      return Duration.ofSeconds(1);
    }
  }
}
