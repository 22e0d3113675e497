package dev.roost.storage.queue;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.storage.queue.models.QueueMessageItem;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.roost.spi.Delivery;
import dev.roost.spi.Outcome;
import dev.roost.spi.Payload;
import dev.roost.spi.Source;
import dev.roost.testkit.Await;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PoisonRecordsTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Outcome.Failed FAILED =
      new Outcome.Failed(new IllegalStateException("no such order"));

  private final QueueLab lab = new QueueLab();

  private static void run(Delivery delivery, String invocationId, Outcome outcome)
      throws Exception {
    delivery.invoked(invocationId);
    delivery.settle(outcome);
  }

  /** The record beside the only message of the poison queue. */
  private JsonNode record() throws Exception {
    List<QueueMessageItem> poison = QueueLab.drain(lab.poison());
    assertThat(poison).hasSize(1);
    String path = PoisonRecords.path(lab.name + "-poison", poison.getFirst().getMessageId());
    return JSON.readTree(lab.host.stateStore.read(path).orElseThrow().content());
  }

  private List<String> notes() throws Exception {
    return lab.host.stateStore.list("azure-webjobs-hosts/roost/attempts/", 10);
  }

  @Test
  void tellsEveryAttemptOfAPoisonMessage() throws Exception {
    lab.settings().put("maxDequeueCount", 2);
    lab.send("order 1");
    Source.Pull source = lab.open();

    run(QueueLab.poll(source, 1).getFirst(), "run-1", FAILED);
    assertThat(notes()).hasSize(1);
    run(QueueLab.poll(source, 1).getFirst(), "run-2", FAILED);

    JsonNode record = record();
    assertThat(record.path("function").asText()).isEqualTo("Orders");
    assertThat(record.path("queue").asText()).isEqualTo(lab.name);
    assertThat(record.path("reason").asText()).isEqualTo("it reached the maxDequeueCount of 2");
    assertThat(record.path("dequeueCount").asInt()).isEqualTo(2);
    assertThat(record.path("neverSettled").asInt()).isZero();
    assertThat(record.path("attempts").findValuesAsText("invocationId"))
        .containsExactly("run-1", "run-2");
    JsonNode last = record.path("attempts").path(1);
    assertThat(last.path("exception").asText())
        .isEqualTo("java.lang.IllegalStateException: no such order");
    assertThat(last.path("stack").asText()).contains("PoisonRecordsTest");
    assertThat(last.path("host").asText()).isEqualTo("test-instance");
    assertThat(notes()).isEmpty();
  }

  @Test
  void saysThatAMessageIsPoisonByKillsAlone() throws Exception {
    lab.settings().put("maxDequeueCount", 1);
    lab.send("order 1");
    lab.queue().receiveMessages(1, Duration.ofSeconds(1), null, null).forEach(_ -> {});
    Source.Pull source = lab.open();

    Await.until(
        "the message is poison",
        QueueLab.LIMIT,
        () -> source.poll(1).isEmpty() && QueueLab.count(lab.queue()) == 0);

    JsonNode record = record();
    assertThat(record.path("reason").asText())
        .isEqualTo(
            "it had all attempts that maxDequeueCount 1 allows; none was ever settled, because the"
                + " host was killed or lost the storage");
    assertThat(record.path("neverSettled").asInt()).isEqualTo(1);
    assertThat(record.path("attempts")).isEmpty();
  }

  @Test
  void forgetsTheFailuresOfAMessageThatSucceeds() throws Exception {
    lab.send("order 1");
    Source.Pull source = lab.open();

    run(QueueLab.poll(source, 1).getFirst(), "run-1", FAILED);
    run(QueueLab.poll(source, 1).getFirst(), "run-2", new Outcome.Succeeded(Payload.EMPTY));

    assertThat(notes()).isEmpty();
  }
}
