package dev.roost.timer;

import static dev.roost.timer.TimerBench.MIDNIGHT;
import static dev.roost.timer.TimerBench.OCCURRENCES;
import static dev.roost.timer.TimerBench.STATUS;
import static dev.roost.timer.TimerBench.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.spi.Health;
import dev.roost.spi.Outcome;
import dev.roost.spi.Payload;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TimerListenerTest {
  private final TimerBench bench = new TimerBench("0 */5 * * * *");

  @Test
  void competesForTheOfficialLock() throws Exception {
    bench.start();
    assertThat(bench.elections.lock).isEqualTo("Host.Functions.Tick.Listener");
    assertThat(bench.source.concurrency()).isEqualTo(1);
    assertThat(bench.source.health()).isEqualTo(Health.UP);
    bench.elections.depose();
    assertThat(bench.source.health().state()).isEqualTo(Health.State.STANDBY);
  }

  @Test
  void runsEachOccurrenceAtItsInstant() throws Exception {
    bench.start();
    bench.advance("PT16M");
    assertThat(bench.runs.begun()).containsExactly(at("00:05:00"), at("00:10:00"), at("00:15:00"));
    assertThat(bench.runs.calls).noneMatch(Runs.Call::pastDue);
  }

  @Test
  void handsOverTheOfficialTimerInfo() throws Exception {
    bench.host.values.put("WEBSITE_TIME_ZONE", "Romance Standard Time");
    bench.start();
    bench.advance("PT11M");
    var delivery = bench.runs.last().delivery();
    assertThat(delivery.payload())
        .isEqualTo(
            new Payload.Text(
                "{\"Schedule\":{\"AdjustForDST\":true},\"ScheduleStatus\":{"
                    + "\"Last\":\"2026-01-01T01:05:00+01:00\","
                    + "\"Next\":\"2026-01-01T01:10:00+01:00\","
                    + "\"LastUpdated\":\"2026-01-01T01:05:00+01:00\"},\"IsPastDue\":false}"));
    assertThat(delivery.reason()).isEqualTo("Timer fired at 2026-01-01T01:10:00.0000000+01:00");
    assertThat(delivery.details()).isEmpty();
    assertThat(delivery.data().exactly("TimerTrigger"))
        .contains(new Payload.Text("01/01/2026 01:10:00"));
    assertThat(delivery.function()).isEqualTo("Tick");
    assertThat(bench.runs.last().ours())
        .hasToString(
            "{\"isPastDue\":false,\"scheduled\":\"2026-01-01T00:10:00Z\","
                + "\"begun\":\"2026-01-01T00:10:00Z\","
                + "\"next\":\"2026-01-01T00:15:00Z\",\"last\":\"2026-01-01T00:05:00Z\","
                + "\"reason\":\"SCHEDULED\"}");
  }

  @Test
  void writesTheOfficialStatusBeforeDuringAndAfterARun() throws Exception {
    bench.clock.advance(Duration.ofNanos(1_234_567));
    bench.start();
    assertThat(bench.stored(STATUS))
        .isEqualTo(
            "{\"Last\":\"0001-01-01T00:00:00\",\"Next\":\"2026-01-01T00:05:00+00:00\","
                + "\"LastUpdated\":\"2026-01-01T00:00:00.0012345+00:00\"}");
    bench.runs.atOnce = false;
    bench.advance("PT5M");
    assertThat(bench.stored(STATUS)).contains("\"Last\":\"0001-01-01T00:00:00\"");
    bench.advance("PT1M");
    bench.succeed();
    assertThat(bench.stored(STATUS))
        .isEqualTo(
            "{\"Last\":\"2026-01-01T00:05:00+00:00\",\"Next\":\"2026-01-01T00:10:00+00:00\","
                + "\"LastUpdated\":\"2026-01-01T00:05:00+00:00\"}");
  }

  @Test
  void doesNotWaitForTheNextOccurrenceBeforeTheRunIsSettled() throws Exception {
    bench.start();
    bench.runs.atOnce = false;
    bench.advance("PT30M");
    assertThat(bench.runs.calls).hasSize(1);
  }

  @Test
  void catchesUpOnceAfterARunLongerThanItsInterval() throws Exception {
    bench.start();
    bench.runs.atOnce = false;
    bench.advance("PT5M");
    bench.advance("PT17M");
    bench.succeed();
    bench.advance("PT0S");
    assertThat(bench.runs.calls).hasSize(2);
    assertThat(bench.runs.last().scheduled()).isEqualTo(at("00:10:00"));
    assertThat(bench.runs.last().begun()).isEqualTo(at("00:22:00"));
    assertThat(bench.runs.last().pastDue()).isTrue();
    assertThat(bench.runs.last().delivery().details())
        .containsEntry("UnscheduledInvocationReason", "IsPastDue")
        .containsEntry("OriginalSchedule", "2026-01-01T00:10:00.0000000+00:00");
    bench.succeed();
    bench.advance("PT2M59S");
    assertThat(bench.runs.calls).hasSize(2);
    bench.advance("PT1S");
    assertThat(bench.runs.last().scheduled()).isEqualTo(at("00:25:00"));
  }

  @Test
  void aCatchUpWithinTheToleranceIsNotLate() throws Exception {
    bench.start();
    bench.runs.atOnce = false;
    bench.advance("PT5M");
    bench.advance("PT5M0.9S");
    bench.succeed();
    bench.advance("PT0S");
    assertThat(bench.runs.last().scheduled()).isEqualTo(at("00:10:00"));
    assertThat(bench.runs.last().pastDue()).isFalse();
  }

  @Test
  void goesOnAfterAFailure() throws Exception {
    bench.start();
    bench.runs.atOnce = false;
    bench.advance("PT5M");
    bench.runs.end(bench.runs.last(), new Outcome.Failed(new IllegalStateException("boom")));
    assertThat(bench.stored(STATUS)).contains("\"Last\":\"2026-01-01T00:05:00+00:00\"");
    assertThat(bench.stored(OCCURRENCES)).contains("\"ending\":\"Failed\"");
    bench.advance("PT5M");
    assertThat(bench.runs.calls).hasSize(2);
  }

  @Test
  void runsOnStartupOnceInTheLifeOfTheHost() throws Exception {
    bench.with("runOnStartup", true).start();
    bench.advance("PT0S");
    assertThat(bench.runs.begun()).containsExactly(MIDNIGHT);
    assertThat(bench.runs.last().pastDue()).isFalse();
    assertThat(bench.runs.last().delivery().details())
        .containsOnlyKeys("UnscheduledInvocationReason")
        .containsValue("RunOnStartup");
    assertThat(bench.stored(STATUS)).contains("\"Last\":\"2026-01-01T00:00:00+00:00\"");
    bench.elections.depose();
    bench.elections.elect();
    bench.advance("PT1M");
    assertThat(bench.runs.calls).hasSize(1);
  }

  @Test
  void aPastDueRunTakesThePlaceOfTheRunOnStartup() throws Exception {
    bench.with("runOnStartup", true).start();
    bench.advance("PT1M");
    bench.kill();
    bench.advance("PT20M");
    bench.start();
    bench.advance("PT0S");
    assertThat(bench.runs.calls).hasSize(1);
    assertThat(bench.runs.last().pastDue()).isTrue();
  }

  @Test
  void aTimeSpanIsReckonedFromTheBeginningOfTheLastRun() throws Exception {
    bench.with("schedule", "00:10:00").start();
    bench.advance("PT10M");
    assertThat(bench.runs.begun()).containsExactly(at("00:10:00"));
    assertThat(bench.runs.last().info().at("/Schedule/AdjustForDST").booleanValue()).isFalse();
    bench.kill();
    bench.advance("PT4M");
    bench.start();
    bench.advance("PT5M59S");
    assertThat(bench.runs.calls).isEmpty();
    bench.advance("PT1S");
    assertThat(bench.runs.begun()).containsExactly(at("00:20:00"));
  }

  @Test
  void offersAgainWhileThereIsNoCapacityAndTellsThatItIsLate() throws Exception {
    bench.start();
    bench.runs.capacity = false;
    bench.advance("PT5M3S");
    assertThat(bench.runs.calls).isEmpty();
    bench.runs.capacity = true;
    bench.advance("PT1S");
    assertThat(bench.runs.scheduled()).containsExactly(at("00:05:00"));
    assertThat(bench.runs.last().pastDue()).isTrue();
  }

  @Test
  void remembersNothingWithoutMonitor() throws Exception {
    bench.with("useMonitor", false).start();
    bench.advance("PT5M");
    assertThat(bench.runs.last().info().get("ScheduleStatus").isNull()).isTrue();
    assertThat(bench.store().list("", 10)).isEmpty();
    bench.kill();
    bench.advance("PT20M");
    bench.start();
    bench.advance("PT4M59S");
    assertThat(bench.runs.calls).isEmpty();
  }

  @Test
  void keepsClaimsButNoStatusOfAFrequentTimer() throws Exception {
    bench.with("schedule", "*/5 * * * * *").start();
    bench.advance("PT5S");
    assertThat(bench.runs.last().info().get("ScheduleStatus").isNull()).isTrue();
    assertThat(bench.store().list("", 10)).containsExactly(OCCURRENCES);
    bench.kill();
    bench.advance("PT17S");
    bench.start();
    bench.advance("PT0S");
    assertThat(bench.runs.scheduled()).containsExactly(at("00:00:10"));
    assertThat(bench.runs.last().pastDue()).isTrue();
  }

  @Test
  void describesItsNextOccurrencesInItsZoneAndInUtc() throws Exception {
    bench.with("timeZone", "America/New_York");
    assertThat(bench.triggers.describe(bench.context()))
        .isEqualTo(
            "0 */5 * * * * in America/New_York, next"
                + " 2025-12-31 19:05:00 -05:00 (2026-01-01 00:05:00Z),"
                + " 2025-12-31 19:10:00 -05:00 (2026-01-01 00:10:00Z),"
                + " 2025-12-31 19:15:00 -05:00 (2026-01-01 00:15:00Z),"
                + " 2025-12-31 19:20:00 -05:00 (2026-01-01 00:20:00Z),"
                + " 2025-12-31 19:25:00 -05:00 (2026-01-01 00:25:00Z)");
  }
}
