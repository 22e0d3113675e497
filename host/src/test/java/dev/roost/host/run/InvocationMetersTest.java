package dev.roost.host.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.host.limit.Limit;
import dev.roost.host.limit.Tokens;
import dev.roost.spi.BindingData;
import dev.roost.spi.Delivery;
import dev.roost.spi.Outcome;
import dev.roost.spi.Payload;
import dev.roost.testkit.ManualClock;
import dev.roost.testkit.RecordedMeters;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InvocationMetersTest {
  private final ManualClock clock = new ManualClock(Instant.parse("2026-01-01T00:00:10Z"));
  private final RecordedMeters meters = new RecordedMeters();
  private final InvocationMeters invocations = new InvocationMeters(meters, clock);

  @Test
  void timesTheWaitTheCallAndTheWholeWayOfAnEvent() {
    InvocationMeters.Run run = invocations.begin(event(Optional.of("2026-01-01T00:00:07Z")));
    assertThat(meters.value("roost.invocations.in.flight", "function", "Work")).isEqualTo(1);
    clock.advance(Duration.ofSeconds(2));
    run.ended(new Outcome.Succeeded(Payload.EMPTY));
    clock.advance(Duration.ofSeconds(1));
    run.settled();

    assertThat(durations("wait")).containsExactly(Duration.ofSeconds(3));
    assertThat(durations("duration")).containsExactly(Duration.ofSeconds(2));
    assertThat(durations("completion")).containsExactly(Duration.ofSeconds(6));
    assertThat(meters.value("roost.invocations.in.flight", "function", "Work")).isZero();
  }

  @Test
  void aSourceThatDoesNotKnowItsEventsAgeGivesNoWait() {
    InvocationMeters.Run run = invocations.begin(event(Optional.empty()));
    run.ended(new Outcome.Succeeded(Payload.EMPTY));
    run.settled();

    assertThat(durations("duration")).hasSize(1);
    assertThat(durations("wait")).isEmpty();
    assertThat(durations("completion")).isEmpty();
  }

  @Test
  void countsEachOutcomeByItself() {
    Outcome[] outcomes = {
      new Outcome.Succeeded(Payload.EMPTY),
      new Outcome.Succeeded(Payload.EMPTY),
      new Outcome.Failed(new IllegalStateException()),
      new Outcome.Partial(Map.of(0, new Outcome.Failed(new IllegalStateException()))),
      new Outcome.Abandoned("stop")
    };
    for (Outcome outcome : outcomes) {
      InvocationMeters.Run run = invocations.begin(event(Optional.empty()));
      run.ended(outcome);
      run.settled();
    }

    assertThat(counted("succeeded")).isEqualTo(2);
    assertThat(counted("failed")).isEqualTo(1);
    assertThat(counted("partial")).isEqualTo(1);
    assertThat(counted("abandoned")).isEqualTo(1);
  }

  @Test
  void showsTheLimitOfTheGateThatIsInUse() {
    invocations.watch("Work", new Gate(new Limit.Fixed(3), clock));
    Gate later = new Gate(new Limit.Fixed(5), clock);
    invocations.watch("Work", later);
    assertThat(later.tryAcquire()).isTrue();

    assertThat(meters.value("roost.concurrency.limit", "listener", "Work")).isEqualTo(5);
    assertThat(meters.value("roost.concurrency.used", "listener", "Work")).isEqualTo(1);
  }

  @Test
  void showsWhyTheLimitIsWhatItIs() {
    Gate gate = new Gate(new Limit.Fixed(3), List.of(new Tokens(1)), clock);
    invocations.watch("Work", gate);
    assertThat(reason("fixed")).isEqualTo(1);
    assertThat(gate.tryAcquire()).isTrue();
    gate.begin();
    assertThat(gate.tryAcquire()).isFalse();
    assertThat(reason("rate")).isEqualTo(1);
    assertThat(reason("fixed")).isZero();
  }

  private double reason(String reason) {
    return meters.value("roost.concurrency.reason", "listener", "Work", "reason", reason);
  }

  private List<Duration> durations(String what) {
    return meters.durations("roost.invocation." + what, "function", "Work");
  }

  private long counted(String outcome) {
    return meters.count("roost.invocations", "function", "Work", "outcome", outcome);
  }

  private static Delivery event(Optional<String> enqueued) {
    return new Delivery() {
      @Override
      public String function() {
        return "Work";
      }

      @Override
      public Optional<Instant> enqueuedAt() {
        return enqueued.map(Instant::parse);
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
        return "";
      }

      @Override
      public void settle(Outcome outcome) {}
    };
  }
}
