package dev.roost.host.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.spi.BindingData;
import dev.roost.spi.ManualDelivery;
import dev.roost.spi.Outcome;
import dev.roost.spi.Payload;
import org.junit.jupiter.api.Test;

class TallyTest {
  private static final Outcome GOOD = new Outcome.Succeeded(Payload.EMPTY);
  private static final Outcome BAD = new Outcome.Failed(new IllegalStateException("no"));

  private final Tally tally = new Tally();

  private void ended(String id, Outcome outcome) {
    tally.ended(
        new ManualDelivery("Work", Payload.EMPTY, BindingData.builder().text("Id", id).build()),
        outcome);
  }

  @Test
  void anEventThatFailedAndCameAgainCountsByItsLastEnding() {
    ended("a", BAD);
    ended("a", BAD);
    ended("b", BAD);
    ended("a", GOOD);
    ended("c", GOOD);
    assertThat(tally.attempts()).isEqualTo(5);
    assertThat(tally.done()).isEqualTo(2);
    assertThat(tally.failed()).isEqualTo(1);
  }

  @Test
  void anEventThatWasGivenBackIsNeitherDoneNorFailed() {
    ended("a", new Outcome.Abandoned("stop"));
    assertThat(tally.done() + tally.failed()).isZero();
  }
}
