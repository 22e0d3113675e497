package dev.roost.servicebus.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.util.BinaryData;
import com.azure.messaging.servicebus.ServiceBusMessage;
import com.azure.messaging.servicebus.ServiceBusReceivedMessage;
import com.azure.messaging.servicebus.models.SubQueue;
import dev.roost.emulator.config.QueueConfig;
import dev.roost.emulator.junit.ServiceBusEmulatorExtension;
import dev.roost.spi.Backlog;
import dev.roost.spi.Delivery;
import dev.roost.spi.Outcome;
import dev.roost.spi.Payload;
import dev.roost.spi.Source;
import dev.roost.testkit.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ServiceBusTriggerTest {
  @RegisterExtension
  static final ServiceBusEmulatorExtension BUS =
      new ServiceBusEmulatorExtension().topic("events", "audit");

  private static final Outcome OK = new Outcome.Succeeded(Payload.EMPTY);
  private static final Outcome FAILED = new Outcome.Failed(new IllegalStateException("no"));

  private final BusLab lab = new BusLab(BUS.emulator());

  @AfterEach
  void close() throws Exception {
    lab.close();
  }

  @Test
  void deliversAMessageAndCompletesItWhenTheFunctionSucceeds() throws Exception {
    lab.withQueue().send("order 1");

    Delivery delivery = BusLab.one(lab.open());
    assertThat(delivery.function()).isEqualTo("Orders");
    assertThat(delivery.payload()).isEqualTo(new Payload.Text("order 1"));
    assertThat(delivery.reason())
        .isEqualTo("New ServiceBus message detected on '" + lab.queue + "'.");
    assertThat(delivery.details())
        .containsOnlyKeys(
            "MessageId", "SequenceNumber", "DeliveryCount", "EnqueuedTimeUtc", "LockedUntilUtc")
        .containsEntry("DeliveryCount", "1");
    delivery.settle(OK);

    assertThat(BUS.counts(lab.queue).active() + BUS.counts(lab.queue).locked()).isZero();
  }

  @Test
  void locksNoMoreThanItIsPermitted() throws Exception {
    lab.withQueue().send("1", "2", "3", "4", "5", "6");
    Source.Pull source = lab.open();

    List<Delivery> first = BusLab.poll(source, 2);
    lab.await("two locked", counts -> counts.locked() == 2 && counts.active() == 4);
    List<Delivery> more = BusLab.poll(source, 3);
    lab.await("five locked", counts -> counts.locked() == 5 && counts.active() == 1);

    assertThat(first).hasSize(2);
    assertThat(more).hasSize(3);
  }

  @Test
  void bringsAFailedMessageBackAndCountsItsDeliveries() throws Exception {
    lab.withQueue().send("order 1");
    Source.Pull source = lab.open();

    BusLab.one(source).settle(FAILED);

    Delivery again = BusLab.one(source);
    assertThat(again.attempt()).isEqualTo(2);
    assertThat(data(again, "DeliveryCount")).isEqualTo("2");
  }

  @Test
  void leavesItToTheServiceToDeadLetterWhatFailedTooOften() throws Exception {
    BUS.emulator().create(QueueConfig.queue(lab.queue).maxDeliveryCount(2));
    lab.send("order 1");
    Source.Pull source = lab.open();

    BusLab.one(source).settle(FAILED);
    BusLab.one(source).settle(FAILED);

    lab.await("dead-lettered", counts -> counts.deadLettered() == 1);
    assertThat(source.backlog())
        .filteredOn(backlog -> backlog.kind() == Backlog.Kind.POISON)
        .singleElement()
        .satisfies(backlog -> assertThat(backlog.events()).isEqualTo(1));
  }

  @Test
  void countsForTheLimitWhatIsNotSettled() throws Exception {
    lab.withQueue().send("order 1");
    lab.send("order 2");
    Source.Pull source = lab.open();
    Delivery running = BusLab.one(source);

    assertThat(source.unsettled()).hasValue(2);
    running.settle(OK);
    lab.await("settled", counts -> counts.active() == 1 && counts.locked() == 0);
    assertThat(source.unsettled()).hasValue(1);
  }

  @Test
  void deadLettersWithReasonAndDescriptionWhenNoRetryCanHelp() throws Exception {
    lab.withQueue().send("order 1");
    var cause = new UnsupportedOperationException("there is no such product");

    BusLab.one(lab.open()).settle(new Outcome.Failed(cause, true, Optional.empty()));

    ServiceBusReceivedMessage dead = lab.receive(lab.queue, SubQueue.DEAD_LETTER_QUEUE);
    assertThat(dead.getDeadLetterReason()).isEqualTo("UnsupportedOperationException");
    assertThat(dead.getDeadLetterErrorDescription()).isEqualTo("there is no such product");
  }

  @Test
  void receivesDeadLettersByTheirPath() throws Exception {
    lab.withQueue().send("order 1");
    BusLab.one(lab.open()).settle(new Outcome.Failed(new Error("x"), true, Optional.empty()));
    lab.trigger.put("queueName", lab.queue + "/$DeadLetterQueue");

    Delivery dead = BusLab.one(lab.open());

    assertThat(dead.payload()).isEqualTo(new Payload.Text("order 1"));
    dead.settle(OK);
    assertThat(BUS.counts(lab.queue).deadLettered()).isZero();
  }

  @Test
  void receivesFromASubscription() throws Exception {
    lab.trigger.remove("queueName");
    lab.trigger.put("topicName", "events").put("subscriptionName", "audit");
    lab.sender("events").sendMessage(new ServiceBusMessage("hello"));

    Delivery delivery = BusLab.one(lab.open());

    assertThat(delivery.payload()).isEqualTo(new Payload.Text("hello"));
    assertThat(delivery.reason()).contains("events/Subscriptions/audit");
    delivery.settle(OK);
  }

  @Test
  void bindsTheEnvelopeAndTheBodysProperties() throws Exception {
    ServiceBusMessage message =
        new ServiceBusMessage("{\"sku\":\"A1\",\"count\":3,\"lines\":[1]}")
            .setMessageId("id-1")
            .setContentType("application/json")
            .setCorrelationId("c-1")
            .setSubject("created")
            .setReplyTo("answers")
            .setTo("somebody")
            .setTimeToLive(Duration.ofHours(1));
    message.getApplicationProperties().put("tenant", "north");
    message.getApplicationProperties().put("weight", 7L);
    lab.withQueue().sender(lab.queue).sendMessage(message);

    Delivery delivery = BusLab.one(lab.open());

    assertThat(delivery.data().values().keySet())
        .containsExactlyInAnyOrder(
            "DeliveryCount",
            "LockToken",
            "ExpiresAtUtc",
            "ExpiresAt",
            "EnqueuedTimeUtc",
            "EnqueuedTime",
            "MessageId",
            "ContentType",
            "ReplyTo",
            "SequenceNumber",
            "To",
            "Subject",
            "Label",
            "CorrelationId",
            "ApplicationProperties",
            "UserProperties",
            "ServiceBusReceivedMessage",
            "sku",
            "count");
    assertThat(delivery.data().exactly("MessageId")).contains(new Payload.Text("id-1"));
    assertThat(delivery.data().exactly("Label")).contains(new Payload.Text("created"));
    assertThat(data(delivery, "ApplicationProperties"))
        .isEqualTo("{\"tenant\":\"north\",\"weight\":7}");
    assertThat(data(delivery, "EnqueuedTimeUtc"))
        .matches("\"\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z\"");
  }

  @Test
  void givesBytesWhereTheBodyIsNoText() throws Exception {
    byte[] body = {(byte) 0xff, 0, 1};
    lab.withQueue()
        .sender(lab.queue)
        .sendMessage(new ServiceBusMessage(BinaryData.fromBytes(body)));

    Payload payload = BusLab.one(lab.open()).payload();

    assertThat(((Payload.Bytes) payload).value()).isEqualTo(body);
  }

  @Test
  void tellsTheTraceOfTheSender() throws Exception {
    String parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    ServiceBusMessage message = new ServiceBusMessage("x");
    message.getApplicationProperties().put("Diagnostic-Id", parent);
    lab.withQueue().sender(lab.queue).sendMessage(message);

    assertThat(BusLab.one(lab.open()).traceParent()).contains(parent);
  }

  @Test
  void sendsACopyForALaterTryAndCountsOn() throws Exception {
    lab.withQueue().sender(lab.queue).sendMessage(new ServiceBusMessage("x").setMessageId("first"));
    Source.Pull source = lab.open();

    BusLab.one(source).settle(later(Duration.ofMinutes(10)));
    lab.await("scheduled", counts -> counts.scheduled() == 1 && counts.locked() == 0);
    BUS.advance(Duration.ofMinutes(11));

    Delivery again = BusLab.one(source);
    assertThat(again.attempt()).isEqualTo(2);
    assertThat(again.data().exactly("MessageId")).contains(new Payload.Text("first"));
    again.settle(OK);
  }

  @Test
  void deadLettersWhatAskedForALaterTryTooOften() throws Exception {
    lab.settings.put("maxDeliveryCount", 1);
    lab.withQueue().send("order 1");

    BusLab.one(lab.open()).settle(later(Duration.ofMinutes(10)));

    assertThat(lab.receive(lab.queue, SubQueue.DEAD_LETTER_QUEUE).getDeadLetterReason())
        .isEqualTo("MaxDeliveryCountExceeded");
  }

  @Test
  void holdsAMessageOfASubscriptionForItsLaterTry() throws Exception {
    lab.trigger.remove("queueName");
    lab.trigger.put("topicName", "events").put("subscriptionName", "audit");
    lab.sender("events").sendMessage(new ServiceBusMessage("again"));
    Source.Pull source = lab.open();

    BusLab.one(source).settle(later(Duration.ofMillis(300)));
    assertThat(BUS.counts("events/subscriptions/audit").locked()).isEqualTo(1);

    Delivery again = BusLab.one(source);
    assertThat(again.attempt()).isEqualTo(2);
    again.settle(OK);
  }

  private static Outcome later(Duration pause) {
    return new Outcome.Failed(new IllegalStateException("busy"), false, Optional.of(pause));
  }

  @Test
  void leavesSucceededMessagesAloneWithoutAutoComplete() throws Exception {
    lab.options().put("autoCompleteMessages", false);
    lab.withQueue().send("order 1");

    BusLab.one(lab.open()).settle(OK);

    assertThat(BUS.counts(lab.queue).locked()).isEqualTo(1);
  }

  @Test
  void answersTheSenderWhoAskedForIt() throws Exception {
    lab.settings.put("answerReplyTo", true);
    String answers = lab.queue + "-answers";
    BUS.emulator().create(QueueConfig.queue(answers));
    lab.withQueue()
        .sender(lab.queue)
        .sendMessage(new ServiceBusMessage("ask").setMessageId("q-1").setReplyTo(answers));

    BusLab.one(lab.open()).settle(new Outcome.Succeeded(new Payload.Text("42")));

    ServiceBusReceivedMessage answer = lab.receive(answers, SubQueue.NONE);
    assertThat(answer.getBody().toString()).isEqualTo("42");
    assertThat(answer.getCorrelationId()).isEqualTo("q-1");
    assertThat(new ServiceBusTrigger().answers(lab.context())).isTrue();
  }

  @Test
  void asksByPagesWhileMessagesAreOnTheirWay() throws Exception {
    lab.withQueue().send("1");
    Source.Pull source = lab.open();
    List<Delivery> first = new ArrayList<>();
    Await.until(
        "the first",
        BusLab.LIMIT,
        () -> {
          first.addAll(source.poll(8));
          return !first.isEmpty();
        });
    first.getFirst().settle(OK);

    source.poll(8); // seven are on their way: one more is no page
    lab.send("2", "3", "4", "5", "6", "7", "8", "9");

    lab.await("seven locked", counts -> counts.locked() == 7 && counts.active() == 1);
    assertThat(BusLab.poll(source, 8)).hasSize(8);
  }

  @Test
  void leavesNoPermitIdleBesideLongCalls() throws Exception {
    lab.withQueue().send("1", "2", "3", "4", "5", "6", "7", "8", "9");
    Source.Pull source = lab.open();
    List<Delivery> running = BusLab.poll(source, 8);

    running.getFirst().settle(OK);

    assertThat(BusLab.one(source)).isNotNull();
  }

  @Test
  void leavesNothingLockedWhenItStops() throws Exception {
    lab.withQueue().send("1", "2", "3");
    Source.Pull source = lab.open();
    List<Delivery> running = BusLab.poll(source, 2);
    source.poll(1); // the third is demanded and never taken
    lab.await("three locked", counts -> counts.locked() == 3);

    source.stop();
    lab.send("4");
    for (Delivery delivery : running) {
      delivery.settle(OK);
    }

    lab.await(
        "two free, none locked",
        counts -> counts.active() == 2 && counts.locked() == 0 && counts.receivers() == 0);
  }

  @Test
  void startsAgainAfterAStop() throws Exception {
    lab.withQueue().send("1");
    Source.Pull source = lab.open();
    Delivery first = BusLab.one(source);
    source.stop();
    source.start(() -> {});
    lab.send("2");

    BusLab.one(source).settle(OK);
    first.settle(OK);

    lab.await("all done", counts -> counts.active() == 0 && counts.locked() == 0);
  }

  @Test
  void wakesTheLoopWhenAMessageComes() throws Exception {
    var woken = new java.util.concurrent.CountDownLatch(1);
    lab.withQueue();
    Source.Pull source = lab.open();
    source.start(woken::countDown);
    assertThat(source.poll(1)).isEmpty();

    lab.send("1");

    assertThat(woken.await(30, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
    BusLab.one(source).settle(OK);
  }

  @Test
  void tellsThatTheQueueIsMissing() throws Exception {
    lab.options().putObject("clientRetryOptions").put("maxRetries", 0);
    Source.Pull source = lab.open();

    Await.until(
        "a failure",
        BusLab.LIMIT,
        () -> {
          try {
            source.poll(1);
            return false;
          } catch (java.io.IOException e) {
            assertThat(e).hasMessageStartingWith("can't receive from '" + lab.queue + "'");
            return true;
          }
        });
  }

  private static String data(Delivery delivery, String key) {
    return ((Payload.Json) delivery.data().exactly(key).orElseThrow()).value().toString();
  }
}
