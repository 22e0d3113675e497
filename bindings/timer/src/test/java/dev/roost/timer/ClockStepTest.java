package dev.roost.timer;

import static dev.roost.timer.TimerBench.at;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Sleeping is measured by one clock, schedules by another: they part ways here. */
class ClockStepTest {
  private final TimerBench bench = new TimerBench("0 */5 * * * *");

  @Test
  void aClockThatRunsSlowNeverMakesItEarly() throws Exception {
    bench.start();
    for (int i = 0; i < 30; i++) {
      bench.advance("PT10S");
      bench.clock.step(Duration.ofMillis(-200));
    }
    assertThat(bench.clock.now()).isEqualTo(at("00:04:54"));
    assertThat(bench.runs.calls).isEmpty();
    bench.advance("PT6S");
    assertThat(bench.runs.begun()).containsExactly(at("00:05:00"));
  }

  @Test
  void aClockPutForwardIsNoticedWithinTenSeconds() throws Exception {
    bench.start();
    bench.advance("PT1M");
    bench.clock.step(Duration.ofMinutes(6));
    bench.advance("PT10S");
    assertThat(bench.runs.scheduled()).containsExactly(at("00:05:00"));
    assertThat(bench.runs.last().pastDue()).isTrue();
    bench.advance("PT3M");
    assertThat(bench.runs.scheduled()).containsExactly(at("00:05:00"), at("00:10:00"));
  }

  @Test
  void aClockPutBackDoesNotRepeatAnOccurrence() throws Exception {
    bench.start();
    bench.advance("PT5M");
    bench.clock.step(Duration.ofMinutes(-3));
    bench.advance("PT7M59S");
    assertThat(bench.runs.calls).hasSize(1);
    bench.advance("PT1S");
    assertThat(bench.runs.scheduled()).containsExactly(at("00:05:00"), at("00:10:00"));
  }

  @Test
  void aClockPutBackDuringARunDoesNotRepeatIt() throws Exception {
    bench.start();
    bench.runs.atOnce = false;
    bench.advance("PT5M");
    bench.clock.step(Duration.ofMinutes(-4));
    bench.succeed();
    bench.runs.atOnce = true;
    bench.advance("PT9M");
    assertThat(bench.runs.scheduled()).containsExactly(at("00:05:00"), at("00:10:00"));
  }

  @Test
  void aClockPutBackWhileWaitingMakesItWaitLonger() throws Exception {
    bench.start();
    bench.advance("PT4M55S");
    bench.clock.step(Duration.ofMinutes(-2));
    bench.advance("PT2M4S");
    assertThat(bench.runs.calls).isEmpty();
    bench.advance("PT1S");
    assertThat(bench.runs.begun()).containsExactly(at("00:05:00"));
  }

  @Test
  void aSleepOverSeveralOccurrencesGivesOneLateRun() throws Exception {
    bench.start();
    bench.clock.step(Duration.ofHours(1));
    bench.advance("PT10S");
    assertThat(bench.runs.scheduled()).containsExactly(at("00:05:00"));
    bench.advance("PT4M50S");
    assertThat(bench.runs.scheduled()).containsExactly(at("00:05:00"), at("01:05:00"));
  }

  @Test
  void anIntervalOfWeeksIsWaitedForInPieces() throws Exception {
    bench.with("schedule", "0 0 0 1 3 *").start();
    bench.advance("P58DT23H59M59S");
    assertThat(bench.runs.calls).isEmpty();
    bench.advance("PT1S");
    assertThat(bench.runs.calls).hasSize(1);
  }
}
