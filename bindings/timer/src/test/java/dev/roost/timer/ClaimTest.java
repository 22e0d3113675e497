package dev.roost.timer;

import static dev.roost.timer.TimerBench.OCCURRENCES;
import static dev.roost.timer.TimerBench.STATUS;
import static dev.roost.timer.TimerBench.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.spi.Outcome;
import dev.roost.testkit.FaultyStore;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An occurrence is claimed before it runs; what becomes of a claim whose owner is gone. */
class ClaimTest {
  private final TimerBench bench = new TimerBench("0 */5 * * * *");

  private List<Run> history() throws Exception {
    return Occurrences.parse(bench.stored(OCCURRENCES), ZoneId.of("UTC")).runs();
  }

  @Test
  void anOccurrenceIsClaimedBeforeItRunsAndNotedAfter() throws Exception {
    bench.start();
    bench.runs.atOnce = false;
    bench.advance("PT5M");
    assertThat(history()).hasSize(1);
    Run run = history().getFirst();
    assertThat(run.scheduled()).isEqualTo(at("00:05:00"));
    assertThat(run.owner()).isEqualTo("test-instance");
    assertThat(run.generation()).isEqualTo(1);
    assertThat(run.ended()).isEmpty();
    bench.advance("PT2M");
    bench.succeed();
    assertThat(history().getFirst().ended()).contains(at("00:07:00"));
    assertThat(history().getFirst().ending()).isEqualTo("Succeeded");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0 */5 * * * *", "*/5 * * * * *", "00:05:00"})
  void aRunThatDiedWithItsHostRunsAgainAsPastDueByDefault(String schedule) throws Exception {
    bench.with("schedule", schedule).start();
    bench.runs.atOnce = false;
    bench.advance("PT5M");
    Instant died = bench.runs.last().scheduled();
    bench.kill();
    bench.advance("PT17S");
    bench.start();
    bench.advance("PT0S");
    assertThat(bench.runs.scheduled()).containsExactly(died);
    assertThat(bench.runs.last().pastDue()).isTrue();
  }

  @Test
  void aRunThatDiedWithItsHostIsNotRepeatedAtMostOnce() throws Exception {
    bench.with("guarantee", "AT_MOST_ONCE").start();
    bench.runs.atOnce = false;
    bench.advance("PT5M");
    bench.kill();
    bench.advance("PT7M");
    bench.start();
    bench.advance("PT0S");
    assertThat(bench.runs.scheduled()).containsExactly(at("00:10:00"));
    assertThat(bench.runs.last().pastDue()).isTrue();
  }

  @Test
  void aRunThatEndedIsNotRepeatedWhenItsOfficialStatusWasNotWritten() throws Exception {
    bench.start();
    String before = bench.stored(STATUS);
    bench.advance("PT5M");
    bench.store().write(STATUS, before);
    bench.kill();
    bench.advance("PT1M");
    bench.start();
    bench.advance("PT3M59S");
    assertThat(bench.runs.calls).isEmpty();
    bench.advance("PT1S");
    assertThat(bench.runs.scheduled()).containsExactly(at("00:10:00"));
    assertThat(bench.stored(STATUS)).contains("\"Last\":\"2026-01-01T00:10:00+00:00\"");
  }

  @Test
  void aHostThatSleptThroughItsLeaseCannotWriteOverItsSuccessor() throws Exception {
    bench.start();
    bench.runs.atOnce = false;
    bench.advance("PT5M");
    Runs sleeper = bench.runs;
    // The sleeper still believes in its lease; the successor has it.
    bench.start();
    bench.advance("PT0S");
    assertThat(bench.runs.scheduled()).containsExactly(at("00:05:00"));
    bench.advance("PT1M");
    String occurrences = bench.stored(OCCURRENCES);
    String status = bench.stored(STATUS);
    sleeper.end(sleeper.last(), new Outcome.Failed(new IllegalStateException("stale")));
    assertThat(bench.stored(OCCURRENCES)).isEqualTo(occurrences);
    assertThat(bench.stored(STATUS)).isEqualTo(status);
    bench.succeed();
    assertThat(history().getLast().ending()).isEqualTo("Succeeded");
    assertThat(history().getLast().generation()).isEqualTo(2);
  }

  @Test
  void aHostThatSleptThroughItsLeaseCannotClaim() throws Exception {
    bench.start();
    Runs sleeper = bench.runs;
    bench.start();
    bench.advance("PT5M");
    assertThat(sleeper.calls.size() + bench.runs.calls.size()).isEqualTo(1);
    assertThat(bench.runs.calls).hasSize(1);
  }

  @Test
  void theLastFiftyRunsAreRemembered() throws Exception {
    bench.with("schedule", "0 * * * * *").start();
    bench.advance("PT60M");
    assertThat(history()).hasSize(50);
    assertThat(history().getFirst().scheduled()).isEqualTo(at("00:11:00"));
    assertThat(history().getLast().scheduled()).isEqualTo(at("01:00:00"));
  }

  @Test
  void aDocumentThatCannotBeReadIsBegunAnew() throws Exception {
    bench.store().write(OCCURRENCES, "{\"runs\":[{\"scheduled\":\"soon\"}]}");
    bench.start();
    bench.advance("PT5M");
    assertThat(history()).hasSize(1);
  }

  @Test
  void aRunCostsThreeWritesAndAnIdleHourNone() throws Exception {
    FaultyStore store = bench.breakable();
    bench.with("schedule", "0 0 */2 * * *").start();
    int opened = store.calls();
    bench.advance("PT1H59M");
    assertThat(store.calls()).isEqualTo(opened);
    bench.advance("PT1M");
    assertThat(bench.runs.calls).hasSize(1);
    assertThat(store.calls() - opened).isEqualTo(3);
  }

  @Test
  void aFailedRunIsDone() throws Exception {
    bench.start();
    bench.runs.outcome = new Outcome.Failed(new IllegalStateException("boom"));
    bench.advance("PT5M");
    bench.kill();
    bench.start();
    bench.advance("PT1M");
    assertThat(bench.runs.calls).isEmpty();
  }
}
