package dev.roost.servicebus.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.messaging.servicebus.ServiceBusMessage;
import dev.roost.emulator.junit.ServiceBusEmulatorExtension;
import dev.roost.spi.Backlog;
import dev.roost.spi.Outcome;
import dev.roost.spi.Source;
import dev.roost.testkit.Await;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the metrics are told of a subscription's dead letters: how many, and since when. */
class DeadLetterBacklogTest {
  @RegisterExtension
  static final ServiceBusEmulatorExtension BUS =
      new ServiceBusEmulatorExtension().topic("events", "audit");

  private final BusLab lab = new BusLab(BUS.emulator());

  @AfterEach
  void close() throws Exception {
    lab.close();
  }

  @Test
  void countsThemAndTellsTheAgeOfTheOldest() throws Exception {
    lab.trigger.remove("queueName");
    lab.trigger.put("topicName", "events").put("subscriptionName", "audit");
    for (String text : new String[] {"1", "2", "3"}) {
      lab.sender("events").sendMessage(new ServiceBusMessage(text));
    }
    Source.Pull source = lab.open();
    assertThat(deadLetters(source).events()).isZero();
    assertThat(deadLetters(source).oldest()).isEmpty();

    for (var delivery : BusLab.poll(source, 2)) {
      delivery.settle(new Outcome.Failed(new IllegalStateException("no"), true, Optional.empty()));
    }

    assertThat(deadLetters(source).events()).isEqualTo(2);
    assertThat(deadLetters(source).place()).startsWith("events/").contains("audit");
    Duration age = deadLetters(source).oldest().orElseThrow();
    Await.until(
        "an age that grows",
        BusLab.LIMIT,
        () -> deadLetters(source).oldest().orElseThrow().compareTo(age.plusMillis(100)) > 0);
  }

  private static Backlog deadLetters(Source.Pull source) throws IOException {
    return source.backlog().stream()
        .filter(backlog -> backlog.kind() == Backlog.Kind.POISON)
        .findFirst()
        .orElseThrow();
  }
}
