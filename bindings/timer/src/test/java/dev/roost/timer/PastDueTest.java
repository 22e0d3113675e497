package dev.roost.timer;

import static dev.roost.timer.TimerBench.STATUS;
import static dev.roost.timer.TimerBench.at;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The official past-due rule, from status documents as the official host leaves them. */
class PastDueTest {
  private final TimerBench bench = new TimerBench("0 */5 * * * *");

  private void stored(String last, String next, String lastUpdated) throws IOException {
    bench
        .store()
        .write(
            STATUS,
            "{\"Last\":\"%s\",\"Next\":\"%s\",\"LastUpdated\":\"%s\"}"
                .formatted(last, next, lastUpdated));
  }

  @Test
  void anOccurrenceThatNobodyRanIsRunAtOnce() throws Exception {
    stored(
        "2025-12-31T23:40:00.12+00:00", "2025-12-31T23:45:00+00:00", "2025-12-31T23:40:00+00:00");
    bench.start();
    bench.advance("PT0S");
    assertThat(bench.runs.calls).hasSize(1);
    var call = bench.runs.last();
    assertThat(call.pastDue()).isTrue();
    assertThat(call.info().at("/ScheduleStatus/Last").asText())
        .isEqualTo("2025-12-31T23:40:00.12+00:00");
    assertThat(call.info().at("/ScheduleStatus/Next").asText())
        .isEqualTo("2025-12-31T23:45:00+00:00");
    assertThat(call.delivery().details().toString())
        .isEqualTo(
            "{UnscheduledInvocationReason=IsPastDue,"
                + " OriginalSchedule=2025-12-31T23:45:00.0000000+00:00}");
    assertThat(bench.stored(STATUS))
        .isEqualTo(
            "{\"Last\":\"2026-01-01T00:00:00+00:00\",\"Next\":\"2026-01-01T00:05:00+00:00\","
                + "\"LastUpdated\":\"2026-01-01T00:00:00+00:00\"}");
  }

  @Test
  void anOccurrenceStillToComeIsWaitedFor() throws Exception {
    stored("2025-12-31T23:56:00+00:00", "2026-01-01T00:00:00+00:00", "2025-12-31T23:56:00+00:00");
    bench.start();
    bench.advance("PT0S");
    assertThat(bench.runs.calls).hasSize(1);
    assertThat(bench.runs.last().pastDue()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    // A Last that was never set counts from LastUpdated, in every form in which it is written.
    "0001-01-01T00:00:00, 2025-12-31T23:45:00+00:00, 2025-12-31T23:40:00+00:00, true",
    "0001-01-01T00:00:00Z, 2025-12-31T23:45:00Z, 2025-12-31T23:40:00Z, true",
    "0001-01-01T00:00:00+00:00, 2025-12-31T23:45:00, 2025-12-31T23:40:00, true",
    "0001-01-01T00:00:00-08:00, 2026-01-01T00:45:00+01:00, 2026-01-01T00:40:00+01:00, true",
    // Neither was ever set: from now on.
    "0001-01-01T00:00:00, 2025-12-31T23:45:00Z, 0001-01-01T00:00:00, false",
    // Last goes before LastUpdated.
    "2025-12-31T23:50:00Z, 2025-12-31T23:55:00Z, 2025-12-31T23:59:00Z, true",
    // The stored Next is not what the schedule says: it was changed, so nothing is past due.
    "2025-12-31T23:40:00Z, 2025-12-31T23:50:00Z, 2025-12-31T23:40:00Z, false",
    "2025-12-31T23:40:00Z, 2026-01-01T12:00:00Z, 2025-12-31T23:40:00Z, false",
  })
  void readsEveryFormOfTheStatus(String last, String next, String lastUpdated, boolean pastDue)
      throws Exception {
    stored(last, next, lastUpdated);
    bench.start();
    bench.advance("PT0S");
    assertThat(bench.runs.calls.stream().map(Runs.Call::pastDue).toList())
        .isEqualTo(pastDue ? java.util.List.of(true) : java.util.List.of());
  }

  @Test
  void propertyNamesAreReadInAnyCase() throws Exception {
    bench
        .store()
        .write(
            STATUS,
            "{\"lastUpdated\":\"2025-12-31T23:40:00Z\",\"next\":\"2025-12-31T23:45:00Z\","
                + "\"last\":\"2025-12-31T23:40:00Z\"}");
    bench.start();
    bench.advance("PT0S");
    assertThat(bench.runs.scheduled())
        .containsExactly(java.time.Instant.parse("2025-12-31T23:45:00Z"));
  }

  @ParameterizedTest
  @CsvSource({"''", "'{'", "'[]'", "'{\"Last\":\"yesterday\"}'", "'{\"Next\":7}'"})
  void aStatusThatCannotBeReadCountsAsChanged(String document) throws Exception {
    bench.store().write(STATUS, document);
    bench.start();
    bench.advance("PT4M59S");
    assertThat(bench.runs.calls).isEmpty();
    bench.advance("PT1S");
    assertThat(bench.runs.calls).hasSize(1);
  }

  @Test
  void aChangedScheduleErasesLastAndWaitsForTheNewOccurrence() throws Exception {
    stored("2025-12-31T23:40:00+00:00", "2026-01-01T00:40:00+00:00", "2025-12-31T23:40:00+00:00");
    bench.start();
    assertThat(bench.stored(STATUS))
        .isEqualTo(
            "{\"Last\":\"0001-01-01T00:00:00\",\"Next\":\"2026-01-01T00:05:00+00:00\","
                + "\"LastUpdated\":\"2026-01-01T00:00:00+00:00\"}");
  }

  @Test
  void aChangedScheduleThatMissedNothingKeepsItsBase() throws Exception {
    bench.with("schedule", "0 0 * * * *");
    stored("2025-12-31T23:58:00+00:00", "2026-01-01T00:03:00+00:00", "2025-12-31T23:58:00+00:00");
    bench.clock.step(Duration.ofSeconds(-30));
    bench.start();
    assertThat(bench.stored(STATUS))
        .isEqualTo(
            "{\"Last\":\"0001-01-01T00:00:00\",\"Next\":\"2026-01-01T00:00:00+00:00\","
                + "\"LastUpdated\":\"2025-12-31T23:58:00+00:00\"}");
  }

  @Test
  void aChangedZoneIsAChangedSchedule() throws Exception {
    bench.with("schedule", "0 0 9 * * *").start();
    bench.advance("PT9H");
    assertThat(bench.runs.calls).hasSize(1);
    bench.kill();
    bench.host.values.put("WEBSITE_TIME_ZONE", "America/New_York");
    bench.start();
    bench.advance("PT4H59M59S");
    assertThat(bench.runs.calls).isEmpty();
    bench.advance("PT1S");
    assertThat(bench.runs.begun()).containsExactly(at("14:00:00"));
    assertThat(bench.runs.last().pastDue()).isFalse();
  }
}
