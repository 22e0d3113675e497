package dev.roost.emulator.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.amqp.models.AmqpMessageBody;
import com.azure.core.util.BinaryData;
import com.azure.messaging.servicebus.ServiceBusException;
import com.azure.messaging.servicebus.ServiceBusFailureReason;
import com.azure.messaging.servicebus.ServiceBusMessage;
import com.azure.messaging.servicebus.ServiceBusMessageBatch;
import com.azure.messaging.servicebus.ServiceBusReceivedMessage;
import com.azure.messaging.servicebus.ServiceBusSenderClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is sent comes out as it went in. */
class ContentTest {
  @RegisterExtension static final TestBed BED = new TestBed();

  @Test
  void systemPropertiesComeThrough() {
    String queue = BED.queue();
    BED.sender(queue)
        .sendMessage(
            new ServiceBusMessage("hello")
                .setMessageId("id-1")
                .setCorrelationId("c-1")
                .setSubject("greeting")
                .setContentType("text/plain")
                .setTo("somebody")
                .setReplyTo("answers")
                .setReplyToSessionId("r-1")
                .setPartitionKey("p-1")
                .setTimeToLive(Duration.ofMinutes(5)));

    ServiceBusReceivedMessage got = TestBed.receive(BED.receiver(queue));

    assertThat(got.getBody().toString()).isEqualTo("hello");
    assertThat(got.getMessageId()).isEqualTo("id-1");
    assertThat(got.getCorrelationId()).isEqualTo("c-1");
    assertThat(got.getSubject()).isEqualTo("greeting");
    assertThat(got.getContentType()).isEqualTo("text/plain");
    assertThat(got.getTo()).isEqualTo("somebody");
    assertThat(got.getReplyTo()).isEqualTo("answers");
    assertThat(got.getReplyToSessionId()).isEqualTo("r-1");
    assertThat(got.getPartitionKey()).isEqualTo("p-1");
    assertThat(got.getTimeToLive()).isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void theBrokerSaysWhatItKnows() {
    String queue = BED.queue();
    BED.send(queue, "a");

    ServiceBusReceivedMessage got = TestBed.receive(BED.receiver(queue));

    assertThat(got.getSequenceNumber()).isPositive();
    assertThat(got.getEnqueuedTime()).isNotNull();
    assertThat(got.getLockedUntil()).isAfter(got.getEnqueuedTime());
    assertThat(got.getLockToken()).hasSize(36);
    assertThat(got.getDeliveryCount()).isZero();
    assertThat(got.getDeadLetterReason()).isNull();
  }

  static List<Object> values() {
    return List.of("text", 1, 2L, (short) 3, (byte) 4, 1.5, 2.5f, true, 'c', UUID.randomUUID());
  }

  @ParameterizedTest
  @MethodSource("values")
  void applicationPropertiesKeepTheirType(Object value) {
    String queue = BED.queue();
    ServiceBusMessage message = new ServiceBusMessage("a");
    message.getApplicationProperties().put("key", value);
    BED.sender(queue).sendMessage(message);

    assertThat(TestBed.receive(BED.receiver(queue)).getApplicationProperties())
        .isEqualTo(Map.of("key", value));
  }

  @Test
  void anEmptyBodyStaysEmpty() {
    String queue = BED.queue();
    BED.sender(queue).sendMessage(new ServiceBusMessage(new byte[0]));

    assertThat(TestBed.receive(BED.receiver(queue)).getBody().toBytes()).isEmpty();
  }

  @Test
  void aBodyMayBeAnAmqpValue() {
    String queue = BED.queue();
    BED.sender(queue).sendMessage(new ServiceBusMessage(AmqpMessageBody.fromValue(42L)));

    assertThat(TestBed.receive(BED.receiver(queue)).getRawAmqpMessage().getBody().getValue())
        .isEqualTo(42L);
  }

  @Test
  void aBodyMayBeAnAmqpSequence() {
    String queue = BED.queue();
    BED.sender(queue)
        .sendMessage(new ServiceBusMessage(AmqpMessageBody.fromSequence(List.<Object>of("a", 1L))));

    assertThat(TestBed.receive(BED.receiver(queue)).getRawAmqpMessage().getBody().getSequence())
        .containsExactly("a", 1L);
  }

  @Test
  void aMessageOfManyFramesComesWhole() {
    String queue = BED.queue();
    byte[] body = new byte[200_000];
    IntStream.range(0, body.length).forEach(i -> body[i] = (byte) (i * 31));
    BED.sender(queue).sendMessage(new ServiceBusMessage(BinaryData.fromBytes(body)));

    assertThat(TestBed.receive(BED.receiver(queue)).getBody().toBytes()).isEqualTo(body);
  }

  @Test
  void aMessageThatIsTooLargeIsRefused() {
    ServiceBusSenderClient sender = BED.sender(BED.queue());

    assertThatThrownBy(() -> sender.sendMessage(new ServiceBusMessage(new byte[300_000])))
        .isInstanceOfSatisfying(
            ServiceBusException.class,
            e ->
                assertThat(e.getReason()).isEqualTo(ServiceBusFailureReason.MESSAGE_SIZE_EXCEEDED));
  }

  @Test
  void aBatchComesAsItsMessagesInOrder() {
    String queue = BED.queue();
    ServiceBusSenderClient sender = BED.sender(queue);
    ServiceBusMessageBatch batch = sender.createMessageBatch();
    IntStream.range(0, 50)
        .forEach(i ->
            assertThat(batch.tryAddMessage(new ServiceBusMessage("m" + i).setMessageId("id" + i)))
                .isTrue());
    sender.sendMessages(batch);

    List<ServiceBusReceivedMessage> got = TestBed.receive(BED.receiver(queue), 50);
    assertThat(got)
        .extracting(TestBed::body)
        .containsExactlyElementsOf(IntStream.range(0, 50).mapToObj(i -> "m" + i).toList());
    assertThat(got).extracting(ServiceBusReceivedMessage::getMessageId).contains("id0", "id49");
  }

  @Test
  void aBatchOfOneIsAMessage() {
    String queue = BED.queue();
    BED.sender(queue).sendMessages(List.of(new ServiceBusMessage("only")));

    assertThat(TestBed.body(TestBed.receive(BED.receiver(queue)))).isEqualTo("only");
  }

  @Test
  void numbersRiseByOne() {
    String queue = BED.queue();
    BED.send(queue, "a", "b", "c");

    List<Long> numbers =
        TestBed.receive(BED.receiver(queue), 3).stream()
            .map(ServiceBusReceivedMessage::getSequenceNumber)
            .toList();
    assertThat(numbers)
        .containsExactly(numbers.getFirst(), numbers.getFirst() + 1, numbers.getFirst() + 2);
  }

  @Test
  void anEntityThatIsNotThereIsNamed() {
    ServiceBusSenderClient sender = BED.sender(TestBed.unique("nowhere"));

    assertThatThrownBy(() -> sender.sendMessage(new ServiceBusMessage("a")))
        .hasMessageContaining("nowhere")
        .isInstanceOfSatisfying(
            ServiceBusException.class,
            e ->
                assertThat(e.getReason())
                    .isEqualTo(ServiceBusFailureReason.MESSAGING_ENTITY_NOT_FOUND));
  }
}
