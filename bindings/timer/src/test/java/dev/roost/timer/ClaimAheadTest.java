package dev.roost.timer;

import static dev.roost.timer.TimerBench.OCCURRENCES;
import static dev.roost.timer.TimerBench.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.spi.HostServices;
import dev.roost.testkit.FaultyStore;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An occurrence is claimed shortly before its instant: what may happen between the two. */
class ClaimAheadTest {
  private final TimerBench bench = new TimerBench("0 */5 * * * *");

  private List<Run> history() throws Exception {
    return Occurrences.parse(bench.stored(OCCURRENCES), ZoneId.of("UTC")).runs();
  }

  /** The process is gone, and nothing that it tries on its way out reaches storage. */
  private void vanish(FaultyStore store) {
    store.broken = () -> true;
    bench.kill();
    bench.advance("PT0S");
    store.broken = () -> false;
  }

  @Test
  void isClaimedWithinTwoSecondsBeforeItsInstantAndBeginsAtIt() throws Exception {
    bench.start();
    bench.advance("PT4M58S");
    assertThat(history()).isEmpty();
    bench.advance("PT1S");
    assertThat(history()).hasSize(1);
    assertThat(history().getFirst().claimed()).isBetween(at("00:04:58"), at("00:04:59"));
    assertThat(bench.runs.calls).isEmpty();
    bench.advance("PT1S");
    assertThat(bench.runs.begun()).containsExactly(at("00:05:00"));
    assertThat(history().getFirst().begun()).contains(at("00:05:00"));
  }

  @Test
  void claimsOfManyTimersAreSpreadOverASecond() {
    List<Long> ahead =
        IntStream.range(0, 100)
            .mapToObj(i -> timer("Tick" + i).claimAhead().toMillis())
            .sorted()
            .toList();
    assertThat(ahead).allMatch(millis -> millis >= 1000 && millis < 2000);
    for (int tenth = 0; tenth < 10; tenth++) {
      int from = 1000 + 100 * tenth;
      assertThat(ahead.stream().filter(millis -> millis >= from && millis < from + 100).count())
          .isBetween(4L, 20L);
    }
  }

  private Timer timer(String function) {
    HostServices host = bench.host;
    TimerSettings settings = ((TimerSource) opened()).timer().settings();
    return new Timer(function, settings, host, new Tally(host.meters(), function));
  }

  private Object opened() {
    try {
      return bench.triggers.open(bench.context());
    } catch (dev.roost.spi.BindingException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void noCallOfStorageStandsBetweenTheInstantAndTheRun() throws Exception {
    FaultyStore store = bench.breakable();
    bench.start();
    bench.runs.atOnce = false;
    bench.advance("PT4M59S");
    store.broken = () -> true;
    bench.advance("PT1S");
    assertThat(bench.runs.begun()).containsExactly(at("00:05:00"));
  }

  @Test
  void doesNotBeginWhenTheLeaseMayHaveRunOutSinceTheClaim() throws Exception {
    bench.start();
    bench.advance("PT4M59S");
    bench.elections.expire();
    bench.advance("PT10M");
    assertThat(bench.runs.calls).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"AT_LEAST_ONCE, 00:05:00", "AT_MOST_ONCE, 00:10:00"})
  void aClaimWhoseOwnerDiedBeforeTheInstantIsTreatedAsBegun(String guarantee, String runs)
      throws Exception {
    FaultyStore store = bench.breakable();
    bench.with("guarantee", guarantee).start();
    bench.advance("PT4M59S");
    vanish(store);
    bench.advance("PT17S");
    bench.start();
    bench.advance("PT0S");
    TimerSource source = (TimerSource) bench.source;
    boolean again = guarantee.equals("AT_LEAST_ONCE");
    assertThat(bench.runs.calls).hasSize(again ? 1 : 0);
    assertThat(source.timer().tally().skippedCount()).isEqualTo(again ? 0 : 1);
    bench.advance("PT4M44S");
    assertThat(bench.runs.scheduled()).startsWith(at(runs)).endsWith(at("00:10:00"));
    assertThat(bench.runs.calls.getFirst().pastDue()).isEqualTo(again);
  }

  @Test
  void aLockLostBeforeTheInstantGivesTheClaimBack() throws Exception {
    bench.with("guarantee", "AT_MOST_ONCE").start();
    bench.advance("PT4M59S");
    bench.kill();
    bench.advance("PT0S");
    assertThat(history()).isEmpty();
    bench.start();
    bench.advance("PT1S");
    assertThat(bench.runs.begun()).containsExactly(at("00:05:00"));
  }

  @Test
  void aStopBeforeTheInstantGivesTheClaimBackAndThenTheLock() throws Exception {
    bench.with("guarantee", "AT_MOST_ONCE").start();
    bench.advance("PT4M59S");
    bench.source.stop();
    assertThat(bench.source.stopped()).isFalse();
    bench.advance("PT0S");
    assertThat(bench.source.stopped()).isTrue();
    assertThat(history()).isEmpty();
    bench.start();
    bench.advance("PT1S");
    assertThat(bench.runs.begun()).containsExactly(at("00:05:00"));
    assertThat(bench.runs.last().pastDue()).isFalse();
  }

  @Test
  void whoOversleptAsksStorageWhetherTheOccurrenceIsStillHis() throws Exception {
    bench.start();
    bench.advance("PT4M59S");
    Runs sleeper = bench.runs;
    // Another host has begun a term and run it; our own clock stood still with us.
    bench.start();
    bench.clock.step(Duration.ofSeconds(20));
    bench.advance("PT10S");
    assertThat(bench.runs.scheduled()).containsExactly(at("00:05:00"));
    assertThat(sleeper.calls).isEmpty();
  }

  @Test
  void aTimerOfEachSecondIsClaimedOnlyWhenTheRunBeforeHasEnded() throws Exception {
    bench.with("schedule", "* * * * * *").start();
    bench.advance("PT3S");
    assertThat(bench.runs.begun()).containsExactly(at("00:00:01"), at("00:00:02"), at("00:00:03"));
    bench.runs.atOnce = false;
    bench.advance("PT1S");
    bench.advance("PT0.7S");
    assertThat(history().getLast().scheduled()).isEqualTo(at("00:00:04"));
    bench.succeed();
    bench.advance("PT0S");
    assertThat(history().getLast().scheduled()).isEqualTo(at("00:00:05"));
    assertThat(bench.runs.calls).hasSize(4);
    bench.advance("PT0.3S");
    assertThat(bench.runs.begun()).endsWith(at("00:00:05"));
  }

  @Test
  void aClockPutBackAfterTheClaimMakesItWaitLonger() throws Exception {
    bench.start();
    bench.advance("PT4M59S");
    bench.clock.step(Duration.ofMinutes(-1));
    bench.advance("PT1M0.9S");
    assertThat(bench.runs.calls).isEmpty();
    bench.advance("PT0.1S");
    assertThat(bench.runs.begun()).containsExactly(at("00:05:00"));
  }

  @Test
  void aClaimThatTakesLongerThanItsLeadBeginsAtOnce() throws Exception {
    FaultyStore store = bench.breakable();
    bench.start();
    bench.advance("PT4M58S");
    store.broken = () -> bench.clock.now().isBefore(at("00:05:00"));
    bench.advance("PT3S");
    assertThat(bench.runs.scheduled()).containsExactly(at("00:05:00"));
    assertThat(bench.runs.last().begun()).isBefore(at("00:05:01"));
  }

  @Test
  void anotherScheduleAfterTheClaimIsWaitedForInItsPlace() throws Exception {
    FaultyStore store = bench.breakable();
    bench.start();
    bench.advance("PT4M59S");
    vanish(store);
    bench.with("schedule", "30 */5 * * * *").start();
    bench.advance("PT31S");
    assertThat(bench.runs.begun()).containsExactly(at("00:05:30"));
  }
}
