package dev.roost.timer;

import static dev.roost.timer.TimerBench.OCCURRENCES;
import static dev.roost.timer.TimerBench.STATUS;
import static dev.roost.timer.TimerBench.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.spi.Outcome;
import dev.roost.testkit.FaultyStore;
import org.junit.jupiter.api.Test;

/** What a timer does when it gets, loses or gives back its lock. */
class TimerLockTest {
  private final TimerBench bench = new TimerBench("0 */5 * * * *");

  @Test
  void waitsForTheLockBeforeItDoesAnything() throws Exception {
    bench.start();
    bench.elections.depose();
    String before = bench.stored(STATUS);
    bench.advance("PT12M");
    assertThat(bench.runs.calls).isEmpty();
    assertThat(bench.stored(STATUS)).isEqualTo(before);
    bench.elections.elect();
    bench.advance("PT0S");
    assertThat(bench.runs.scheduled()).containsExactly(at("00:05:00"));
    assertThat(bench.runs.last().pastDue()).isTrue();
  }

  @Test
  void aLostLockInterruptsTheRunningCallAndItsOutcomeIsNotNoted() throws Exception {
    bench.start();
    bench.runs.atOnce = false;
    bench.advance("PT5M");
    String status = bench.stored(STATUS);
    String occurrences = bench.stored(OCCURRENCES);
    bench.elections.depose();
    assertThat(bench.runs.last().interrupts()).containsExactly("The lock of the timer was lost");
    bench.succeed();
    assertThat(bench.stored(STATUS)).isEqualTo(status);
    assertThat(bench.stored(OCCURRENCES)).isEqualTo(occurrences);
    bench.advance("PT30M");
    assertThat(bench.runs.calls).hasSize(1);
  }

  @Test
  void aCallThatBeginsAsTheLockIsLostIsInterrupted() throws Exception {
    bench.start();
    bench.runs.atOnce = false;
    bench.advance("PT4M59S");
    bench.runs.before = () -> bench.elections.expire();
    bench.advance("PT1S");
    assertThat(bench.runs.last().interrupts()).hasSize(1);
  }

  @Test
  void beginsNothingWhenItsLeaseMayHaveRunOut() throws Exception {
    bench.start();
    bench.elections.expire();
    bench.advance("PT30M");
    assertThat(bench.runs.calls).isEmpty();
  }

  @Test
  void aStopGivesAnIdleTimersLockBackAtOnce() throws Exception {
    bench.start();
    bench.advance("PT5M");
    bench.source.stop();
    assertThat(bench.elections.closed).isTrue();
    bench.advance("PT30M");
    assertThat(bench.runs.calls).hasSize(1);
  }

  @Test
  void aStopLetsARunningCallEndUnderTheLock() throws Exception {
    bench.start();
    bench.runs.atOnce = false;
    bench.advance("PT5M");
    bench.source.stop();
    assertThat(bench.elections.closed).isFalse();
    assertThat(bench.runs.last().interrupts()).isEmpty();
    bench.advance("PT1M");
    bench.succeed();
    assertThat(bench.elections.closed).isTrue();
    assertThat(bench.stored(STATUS)).contains("\"Last\":\"2026-01-01T00:05:00+00:00\"");
    bench.advance("PT30M");
    assertThat(bench.runs.calls).hasSize(1);
  }

  @Test
  void aCallInterruptedByTheStopRunsAgainAtTheNextStart() throws Exception {
    bench.start();
    bench.runs.atOnce = false;
    bench.advance("PT5M");
    bench.source.stop();
    bench.runs.end(bench.runs.last(), new Outcome.Abandoned("The host stopped"));
    assertThat(bench.elections.closed).isTrue();
    bench.advance("PT1M");
    bench.start();
    bench.advance("PT0S");
    assertThat(bench.runs.scheduled()).containsExactly(at("00:05:00"));
    assertThat(bench.runs.last().pastDue()).isTrue();
  }

  @Test
  void aStopWhileThereIsNoCapacityTakesTheClaimBack() throws Exception {
    bench.with("guarantee", "atMostOnce").start();
    bench.runs.capacity = false;
    bench.advance("PT5M");
    assertThat(bench.stored(OCCURRENCES)).contains("\"scheduled\":\"2026-01-01T00:05:00Z\"");
    bench.source.stop();
    assertThat(bench.elections.closed).isFalse();
    bench.advance("PT1S");
    assertThat(bench.elections.closed).isTrue();
    assertThat(bench.stored(OCCURRENCES)).doesNotContain("\"scheduled\"");
    bench.start();
    bench.advance("PT0S");
    assertThat(bench.runs.scheduled()).containsExactly(at("00:05:00"));
  }

  @Test
  void closingTheProviderGivesBackWhatIsStillHeld() throws Exception {
    bench.start();
    bench.runs.atOnce = false;
    bench.advance("PT5M");
    bench.source.stop();
    bench.triggers.close();
    assertThat(bench.elections.closed).isTrue();
    assertThat(bench.runs.last().interrupts()).hasSize(1);
  }

  @Test
  void storageThatDoesNotAnswerDelaysTheClaimAndSoTheRun() throws Exception {
    FaultyStore store = bench.breakable();
    bench.start();
    store.broken = () -> true;
    bench.advance("PT5M30S");
    assertThat(bench.runs.calls).isEmpty();
    assertThat(bench.source.health().reason()).contains("storage is unreachable");
    store.broken = () -> false;
    bench.advance("PT1S");
    assertThat(bench.runs.scheduled()).containsExactly(at("00:05:00"));
    assertThat(bench.runs.last().pastDue()).isTrue();
    assertThat(bench.source.health().reason()).isEmpty();
  }

  @Test
  void storageThatFailsAtTheEndOfARunDoesNotStopTheTimer() throws Exception {
    FaultyStore store = bench.breakable();
    bench.start();
    bench.runs.atOnce = false;
    bench.advance("PT5M");
    store.broken = () -> true;
    bench.succeed();
    bench.advance("PT10S");
    assertThat(bench.source.health().reason()).contains("The outcome can't be noted");
    store.broken = () -> false;
    bench.advance("PT1S");
    assertThat(bench.source.health().reason()).isEmpty();
    // Noted as soon as storage answers: a host that takes over now has nothing to repeat.
    bench.kill();
    bench.start();
    bench.advance("PT4M49S");
    assertThat(bench.runs.scheduled()).containsExactly(at("00:10:00"));
  }

  @Test
  void aStopWhileStorageFailsDoesNotWaitForIt() throws Exception {
    FaultyStore store = bench.breakable();
    bench.start();
    bench.runs.atOnce = false;
    bench.advance("PT5M");
    store.broken = () -> true;
    bench.succeed();
    bench.source.stop();
    bench.advance("PT1S");
    assertThat(bench.source.stopped()).isTrue();
  }

  @Test
  void goesOnWhenSomebodyDeletesWhatItRemembers() throws Exception {
    bench.start();
    bench.advance("PT5M");
    bench.store().delete(OCCURRENCES);
    bench.advance("PT16M");
    assertThat(bench.runs.scheduled())
        .containsExactly(at("00:05:00"), at("00:10:00"), at("00:15:00"), at("00:20:00"));
    assertThat(bench.stored(OCCURRENCES)).contains("00:20:00Z");
  }
}
