package dev.roost.storage.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.spi.Backlog;
import dev.roost.spi.Outcome;
import dev.roost.spi.Payload;
import dev.roost.spi.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class QueueVolumeTest {
  private final QueueLab lab = new QueueLab();

  @Test
  void countsWhatWaitsAndTellsTheAgeOfTheOldest() throws Exception {
    for (int i = 0; i < 3; i++) {
      lab.send("order " + i);
    }
    Source.Pull source = lab.open();
    // The ages are between the service's clock and the host's: this host's stands a minute later.
    lab.host.manualClock.step(
        Duration.between(lab.host.manualClock.now(), Instant.now().plusSeconds(60)));

    List<Backlog> backlog = source.backlog();

    assertThat(backlog).hasSize(1);
    assertThat(backlog.getFirst().place()).isEqualTo(lab.name);
    assertThat(backlog.getFirst().kind()).isEqualTo(Backlog.Kind.WAITING);
    assertThat(backlog.getFirst().events()).isEqualTo(3);
    assertThat(backlog.getFirst().oldest().orElseThrow())
        .isBetween(Duration.ofSeconds(55), Duration.ofMinutes(10));
  }

  @Test
  void countsThePoisonQueueBesideIt() throws Exception {
    lab.settings().put("maxDequeueCount", 1);
    lab.send("bad");
    Source.Pull source = lab.open();
    QueueLab.poll(source, 1)
        .getFirst()
        .settle(new Outcome.Failed(new IllegalStateException(), true, Optional.empty()));

    List<Backlog> backlog = source.backlog();

    assertThat(backlog).hasSize(2);
    assertThat(backlog.getFirst().events()).isZero();
    assertThat(backlog.getFirst().oldest()).isEmpty();
    assertThat(backlog.getLast().place()).isEqualTo(lab.name + "-poison");
    assertThat(backlog.getLast().kind()).isEqualTo(Backlog.Kind.POISON);
    assertThat(backlog.getLast().events()).isEqualTo(1);
    assertThat(backlog.getLast().oldest()).isPresent();
  }

  @Test
  void messagesThatRunAreCountedUntilTheyAreSettled() throws Exception {
    lab.send("order");
    Source.Pull source = lab.open();
    var delivery = QueueLab.poll(source, 1).getFirst();
    assertThat(source.backlog().getFirst().events()).isEqualTo(1);
    assertThat(source.unsettled()).hasValue(1);
    assertThat(delivery.enqueuedAt()).isPresent();

    delivery.settle(new Outcome.Succeeded(Payload.EMPTY));

    assertThat(source.backlog().getFirst().events()).isZero();
    assertThat(source.unsettled()).hasValue(0);
  }

  @Test
  void aQueueThatDoesNotExistHasNothingWaiting() throws Exception {
    assertThat(lab.open().backlog()).isEmpty();
    assertThat(lab.open().unsettled()).hasValue(0);
  }
}
