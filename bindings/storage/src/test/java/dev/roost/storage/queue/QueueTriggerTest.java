package dev.roost.storage.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.storage.queue.models.QueueMessageItem;
import dev.roost.spi.BindingException;
import dev.roost.spi.Delivery;
import dev.roost.spi.Health;
import dev.roost.spi.Outcome;
import dev.roost.spi.Payload;
import dev.roost.spi.Source;
import dev.roost.testkit.Await;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class QueueTriggerTest {
  private static final Outcome OK = new Outcome.Succeeded(Payload.EMPTY);
  private static final Outcome.Failed FAILED =
      new Outcome.Failed(new IllegalStateException("no such order"));

  private final QueueLab lab = new QueueLab();

  @Test
  void deliversAMessageAndDeletesItWhenTheFunctionSucceeds() throws Exception {
    lab.send("order 1");

    Delivery delivery = QueueLab.poll(lab.open(), 1).getFirst();
    assertThat(delivery.function()).isEqualTo("Orders");
    assertThat(delivery.payload()).isEqualTo(new Payload.Text("order 1"));
    assertThat(delivery.reason()).isEqualTo("New queue message detected on '" + lab.name + "'.");
    assertThat(delivery.details()).containsOnlyKeys("MessageId", "DequeueCount", "InsertedOn");
    assertThat(delivery.details()).containsEntry("DequeueCount", "1");
    delivery.settle(OK);

    assertThat(QueueLab.count(lab.queue())).isZero();
  }

  @Test
  void asksForNoMoreThanItIsPermitted() throws Exception {
    for (int i = 0; i < 5; i++) {
      lab.send("order " + i);
    }
    Source.Pull source = lab.open();

    assertThat(source.poll(2)).hasSize(2);
    assertThat(source.poll(16)).hasSize(3);
    assertThat(source.poll(16)).isEmpty();
  }

  @Test
  void bindsTheEnvelopeAndTheBodysProperties() throws Exception {
    lab.send("{\"sku\":\"A1\",\"count\":3,\"lines\":[1],\"gone\":null,\"id\":\"mine\"}");

    Delivery delivery = QueueLab.poll(lab.open(), 1).getFirst();

    assertThat(delivery.data().values().keySet())
        .containsExactlyInAnyOrder(
            "QueueTrigger",
            "DequeueCount",
            "PopReceipt",
            "InsertionTime",
            "ExpirationTime",
            "NextVisibleTime",
            "sku",
            "count",
            "id");
    assertThat(delivery.data().exactly("id")).contains(new Payload.Text("mine"));
    assertThat(json(delivery, "count")).isEqualTo("3");
    assertThat(json(delivery, "DequeueCount")).isEqualTo("1");
    assertThat(json(delivery, "InsertionTime"))
        .matches("\"\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\+00:00\"");
  }

  private static String json(Delivery delivery, String key) {
    return ((Payload.Json) delivery.data().exactly(key).orElseThrow()).value().toString();
  }

  @Test
  void givesBytesWhereTheFunctionAsksForThem() throws Exception {
    lab.trigger.put("dataType", "binary");
    lab.send("äöü");

    Payload payload = QueueLab.poll(lab.open(), 1).getFirst().payload();

    assertThat(((Payload.Bytes) payload).value()).isEqualTo("äöü".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void bringsAFailedMessageBackAtOnceByDefault() throws Exception {
    lab.send("order 1");
    Source.Pull source = lab.open();

    QueueLab.poll(source, 1).getFirst().settle(FAILED);

    Delivery again = QueueLab.poll(source, 1).getFirst();
    assertThat(again.details()).containsEntry("DequeueCount", "2");
  }

  @Test
  void bringsAFailedMessageBackAfterTheVisibilityTimeout() throws Exception {
    lab.settings().put("visibilityTimeout", "00:10:00");
    lab.send("order 1");
    Source.Pull source = lab.open();

    QueueLab.poll(source, 1).getFirst().settle(FAILED);

    assertThat(source.poll(1)).isEmpty();
    assertThat(QueueLab.count(lab.queue())).isEqualTo(1);
  }

  @Test
  void bringsAFailedMessageBackWhenTheFunctionAskedForIt() throws Exception {
    lab.settings().put("visibilityTimeout", "00:10:00");
    lab.send("order 1");
    Source.Pull source = lab.open();

    QueueLab.poll(source, 1)
        .getFirst()
        .settle(new Outcome.Failed(FAILED.cause(), false, Optional.of(Duration.ofMillis(1))));

    QueueLab.poll(source, 1);
  }

  @Test
  void givesAnAbandonedMessageBackAtOnce() throws Exception {
    lab.settings().put("visibilityTimeout", "00:10:00");
    lab.send("order 1");
    Source.Pull source = lab.open();

    QueueLab.poll(source, 1).getFirst().settle(new Outcome.Abandoned("the host stops"));

    QueueLab.poll(source, 1);
  }

  @Test
  void poisonsAMessageThatFailedTooOften() throws Exception {
    lab.settings().put("maxDequeueCount", 2);
    lab.send("order 1");
    Source.Pull source = lab.open();

    QueueLab.poll(source, 1).getFirst().settle(FAILED);
    QueueLab.poll(source, 1).getFirst().settle(FAILED);

    assertThat(QueueLab.count(lab.queue())).isZero();
    List<QueueMessageItem> poison = QueueLab.drain(lab.poison());
    assertThat(poison).map(QueueLab::text).containsExactly("order 1");
    assertThat(poison.getFirst().getExpirationTime().getYear()).isEqualTo(9999);
  }

  @Test
  void poisonsAMessageThatWasNeverSettledWithoutRunningIt() throws Exception {
    lab.settings().put("maxDequeueCount", 1);
    lab.send("order 1");
    lab.queue().receiveMessages(1, Duration.ofSeconds(1), null, null).forEach(_ -> {});
    Source.Pull source = lab.open();

    Await.until(
        "the message is poison",
        QueueLab.LIMIT,
        () -> {
          assertThat(source.poll(1)).isEmpty();
          return QueueLab.count(lab.queue()) == 0;
        });

    assertThat(QueueLab.drain(lab.poison())).map(QueueLab::text).containsExactly("order 1");
  }

  @Test
  void poisonsAtOnceWhatCanNeverSucceed() throws Exception {
    lab.send("order 1");
    Source.Pull source = lab.open();

    QueueLab.poll(source, 1)
        .getFirst()
        .settle(new Outcome.Failed(FAILED.cause(), true, Optional.empty()));

    assertThat(QueueLab.count(lab.queue())).isZero();
    assertThat(QueueLab.drain(lab.poison())).hasSize(1);
  }

  @Test
  void deliversAnUndecodableMessageAsBrokenAndPoisonsItUnchanged() throws Exception {
    lab.queue().sendMessage("not base64!");
    Delivery delivery = QueueLab.poll(lab.open(), 1).getFirst();

    assertThat(delivery.payload()).isInstanceOf(Payload.Broken.class);
    assertThat(delivery.data().exactly("QueueTrigger")).isEmpty();
    delivery.settle(FAILED);

    assertThat(QueueLab.count(lab.queue())).isZero();
    assertThat(QueueLab.drain(lab.poison()))
        .map(item -> item.getBody().toString())
        .containsExactly("not base64!");
  }

  @Test
  void keepsAMessageInvisibleByRenewingIt() throws Exception {
    lab.settings().put("receiveLease", "00:00:10");
    lab.send("order 1");
    Source.Pull source = lab.open();
    Delivery delivery = QueueLab.poll(source, 1).getFirst();
    long end = System.nanoTime() + Duration.ofSeconds(12).toNanos();

    assertThat(delivery.renewEvery()).contains(Duration.ofSeconds(5));
    long[] renewAt = {System.nanoTime() + Duration.ofSeconds(5).toNanos()};
    Await.until(
        "more than a lease passes",
        QueueLab.LIMIT,
        () -> {
          if (System.nanoTime() > renewAt[0]) {
            assertThat(delivery.renew()).isTrue();
            renewAt[0] += Duration.ofSeconds(5).toNanos();
          }
          return System.nanoTime() > end;
        });

    assertThat(source.poll(1)).isEmpty();
    delivery.settle(OK);
    assertThat(QueueLab.count(lab.queue())).isZero();
  }

  @Test
  void leavesAMessageToItsNewHolder() throws Exception {
    lab.settings().put("maxDequeueCount", 1);
    lab.send("order 1");
    Delivery slow = QueueLab.poll(lab.open(), 1).getFirst();
    String id = slow.details().get("MessageId");
    String receipt = ((Payload.Text) slow.data().exactly("PopReceipt").orElseThrow()).value();
    lab.queue().updateMessage(id, receipt, null, Duration.ofMinutes(5)); // as if taken over

    assertThat(slow.renew()).isFalse();
    slow.settle(FAILED);

    assertThat(QueueLab.count(lab.queue())).isEqualTo(1);
    assertThat(lab.poison().deleteIfExists()).isFalse();
  }

  @Test
  void letsAFunctionOnAPoisonQueueTryForEverButEverMoreSeldom() throws Exception {
    lab.trigger.put("queueName", lab.name + "-poison");
    lab.settings().put("maxDequeueCount", 1);
    lab.poison().createIfNotExists();
    lab.poison().sendMessage(QueueLab.base64("order 1"));
    Source.Pull source = lab.open();

    QueueLab.poll(source, 1).getFirst().settle(FAILED);
    assertThat(source.poll(1)).as("it pauses a second at least").isEmpty();
    Delivery again = QueueLab.poll(source, 1).getFirst();

    assertThat(again.details()).containsEntry("DequeueCount", "2");
  }

  @Test
  void waitsForAQueueThatDoesNotExistYet() throws Exception {
    Source.Pull source = lab.open();

    assertThat(source.poll(1)).isEmpty();
    assertThat(source.health().state()).isEqualTo(Health.State.UP);
    assertThat(source.health().reason()).contains("waits for queue '" + lab.name + "'");
    lab.send("order 1");

    QueueLab.poll(source, 1);
    assertThat(source.health()).isEqualTo(Health.UP);
  }

  @Test
  void isWokenByAMessageOfItsOwnHost() throws Exception {
    AtomicInteger woken = new AtomicInteger();
    lab.open().start(woken::incrementAndGet);

    new QueueOutput().open(lab.context()).write(new Payload.Text("order 1"), lab.data());

    assertThat(woken).hasValue(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ab", "Orders!", "a--b", "-orders", "orders-"})
  void refusesWhatIsNoQueueName(String name) {
    lab.trigger.put("queueName", name);

    assertThatThrownBy(lab::open)
        .isInstanceOf(BindingException.class)
        .hasMessageStartingWith("queueName: '" + name + "' is not a name for a queue");
  }

  @Test
  void fillsSettingsIntoTheNameAndLowersIt() throws Exception {
    lab.host.values.put("QUEUE", "Orders");
    lab.trigger.put("queueName", "%QUEUE%-In");

    assertThat(new QueueTrigger().describe(lab.context())).isEqualTo("queue orders-in");
  }
}
