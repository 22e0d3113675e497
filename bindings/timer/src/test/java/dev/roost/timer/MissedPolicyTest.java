package dev.roost.timer;

import static dev.roost.timer.TimerBench.STATUS;
import static dev.roost.timer.TimerBench.at;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class MissedPolicyTest {
  private final TimerBench bench = new TimerBench("0 */5 * * * *");

  private void downFor(String time) throws Exception {
    bench.kill();
    bench.advance(time);
    bench.start();
    bench.advance("PT0S");
  }

  @Test
  void oneRunStandsForAllThatWereMissedAndNamesTheFirst() throws Exception {
    bench.start();
    bench.advance("PT5M");
    downFor("PT1H1M");
    bench.advance("PT4M");
    assertThat(bench.runs.scheduled()).containsExactly(at("00:10:00"), at("01:10:00"));
    assertThat(bench.runs.calls.getFirst().pastDue()).isTrue();
  }

  @Test
  void skipRunsNoneOfThem() throws Exception {
    bench.with("missed", "SKIP").start();
    bench.advance("PT5M");
    downFor("PT1H1M");
    assertThat(bench.runs.calls).isEmpty();
    assertThat(bench.stored(STATUS))
        .isEqualTo(
            "{\"Last\":\"0001-01-01T00:00:00\",\"Next\":\"2026-01-01T01:10:00+00:00\","
                + "\"LastUpdated\":\"2026-01-01T01:06:00+00:00\"}");
    bench.advance("PT4M");
    assertThat(bench.runs.scheduled()).containsExactly(at("01:10:00"));
    assertThat(bench.runs.last().pastDue()).isFalse();
  }

  @Test
  void skipHoldsForOccurrencesThatPassedDuringALongRunToo() throws Exception {
    bench.with("missed", "skip").start();
    bench.runs.atOnce = false;
    bench.advance("PT5M");
    bench.advance("PT12M");
    bench.succeed();
    bench.advance("PT3M");
    assertThat(bench.runs.scheduled()).containsExactly(at("00:05:00"), at("00:20:00"));
  }

  @Test
  void runEachRunsThemAllInOrder() throws Exception {
    bench.with("missed", "RUN_EACH").start();
    bench.advance("PT5M");
    downFor("PT21M");
    assertThat(bench.runs.scheduled())
        .containsExactly(at("00:10:00"), at("00:15:00"), at("00:20:00"), at("00:25:00"));
    assertThat(bench.runs.calls).allMatch(Runs.Call::pastDue);
    bench.advance("PT4M");
    assertThat(bench.runs.last().scheduled()).isEqualTo(at("00:30:00"));
    assertThat(bench.runs.last().pastDue()).isFalse();
  }

  @Test
  void runEachRunsTheLatestWhenThereAreTooMany() throws Exception {
    bench.with("missed", "runEach").with("maxMissed", 2).start();
    bench.advance("PT5M");
    downFor("PT21M");
    assertThat(bench.runs.scheduled()).containsExactly(at("00:20:00"), at("00:25:00"));
  }

  @Test
  void runEachOfATimeSpanStaysOnItsBeat() throws Exception {
    bench.with("schedule", "00:10:00").with("missed", "RUN_EACH").start();
    bench.advance("PT10M");
    downFor("PT25M");
    assertThat(bench.runs.scheduled()).containsExactly(at("00:20:00"), at("00:30:00"));
    bench.advance("PT5M");
    assertThat(bench.runs.last().scheduled()).isEqualTo(at("00:40:00"));
  }

  @Test
  @Timeout(20)
  void aYearOfMissedSecondsIsNotCountedOneByOne() throws Exception {
    bench.with("schedule", "* * * * * *").with("missed", "RUN_EACH").with("maxMissed", 600).start();
    bench.advance("PT1S");
    bench.kill();
    bench.clock.step(Duration.ofDays(365));
    bench.start();
    bench.advance("PT0S");
    assertThat(bench.runs.calls).hasSize(600);
    Instant last = Instant.parse("2027-01-01T00:00:01Z");
    assertThat(bench.runs.scheduled())
        .containsExactlyElementsOf(
            Stream.iterate(last.minusSeconds(599), due -> due.plusSeconds(1)).limit(600).toList());
  }

  @Test
  void onlyWithinBoundsHowLateARunMayBe() throws Exception {
    bench.with("onlyWithin", "00:02:00").start();
    bench.advance("PT5M");
    downFor("PT6M59S");
    assertThat(bench.runs.scheduled()).containsExactly(at("00:10:00"));
    downFor("PT5M2S");
    assertThat(bench.runs.calls).isEmpty();
    bench.advance("PT3M");
    assertThat(bench.runs.scheduled()).containsExactly(at("00:20:00"));
  }

  @Test
  void onlyWithinHoldsForABlockedClockToo() throws Exception {
    bench.with("onlyWithin", "00:01:00").start();
    bench.clock.step(Duration.ofMinutes(7));
    bench.advance("PT10S");
    assertThat(bench.runs.calls).isEmpty();
    bench.advance("PT3M");
    assertThat(bench.runs.scheduled()).containsExactly(at("00:10:00"));
  }

  @Test
  void theToleranceForLateIsAMatterOfTheFunction() throws Exception {
    bench.with("lateAfter", "00:00:30").start();
    bench.runs.capacity = false;
    bench.advance("PT5M20S");
    bench.runs.capacity = true;
    bench.advance("PT1S");
    assertThat(bench.runs.last().pastDue()).isFalse();
  }

  @Test
  void theFunctionsSectionOfHostJsonComesFirst() throws Exception {
    bench.with("missed", "RUN_EACH");
    bench.host.functionSettings.put(
        "Tick",
        com.fasterxml.jackson.databind.node.JsonNodeFactory.instance
            .objectNode()
            .put("Missed", "SKIP"));
    assertThat(TimerSettings.read(bench.context()).policy().missed())
        .isEqualTo(MissedPolicy.Missed.SKIP);
  }
}
