package dev.roost.emulator.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.messaging.servicebus.ServiceBusMessage;
import com.azure.messaging.servicebus.ServiceBusReceivedMessage;
import com.azure.messaging.servicebus.ServiceBusReceiverClient;
import com.azure.messaging.servicebus.ServiceBusSenderClient;
import com.azure.messaging.servicebus.ServiceBusTransactionContext;
import com.azure.messaging.servicebus.models.SubQueue;
import dev.roost.emulator.config.QueueConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Messages that go on to another entity, and what entities do not allow. */
class ForwardingTest {
  @RegisterExtension static final TestBed BED = new TestBed();

  @Test
  void aForwardedMessageKeepsItsFirstNumber() {
    String target = BED.queue();
    String source = BED.queue(options -> options.forwardTo(target));
    BED.send(source, "a");

    ServiceBusReceivedMessage got = TestBed.receive(BED.receiver(target));

    assertThat(got.getBody()).hasToString("a");
    assertThat(got.getEnqueuedSequenceNumber()).isPositive();
  }

  @Test
  void deadLettersMayGoToAnotherQueue() {
    String letters = BED.queue();
    String source = BED.queue(options -> options.forwardDeadLettersTo(letters));
    BED.send(source, "bad");
    ServiceBusReceiverClient receiver = BED.receiver(source);
    receiver.deadLetter(TestBed.receive(receiver));

    ServiceBusReceivedMessage letter = TestBed.receive(BED.receiver(letters));

    assertThat(letter.getBody()).hasToString("bad");
    assertThat(letter.getDeadLetterSource()).isEqualTo(source);
  }

  @Test
  void whatForwardsCannotBeReceivedFrom() {
    String target = BED.queue();
    String source = BED.queue(options -> options.forwardTo(target));
    ServiceBusReceiverClient receiver = BED.receiver(source);

    assertThatThrownBy(
            () -> receiver.receiveMessages(1, TestBed.PATIENCE).stream().findFirst().orElseThrow())
        .isInstanceOf(RuntimeException.class);
  }

  @Test
  void aMessageThatCannotBeForwardedWaitsAsATransferLetter() {
    String source = BED.queue();
    BED.emulator();
    String lost = BED.queue(options -> options.forwardTo(source + "-gone"));
    BED.send(lost, "a");

    ServiceBusReceiverClient letters =
        BED.closing(
            BED.client()
                .receiver()
                .queueName(lost)
                .subQueue(SubQueue.TRANSFER_DEAD_LETTER_QUEUE)
                .buildClient());

    assertThat(TestBed.receive(letters).getBody()).hasToString("a");
  }

  @Test
  void aMessageThatGoesInACircleEndsAsADeadLetter() {
    BED.emulator();
    String one = TestBed.unique("one");
    String two = TestBed.unique("two");
    BED.emulator().create(QueueConfig.queue(one).forwardTo(two));
    BED.emulator().create(QueueConfig.queue(two).forwardTo(one));
    BED.send(one, "a");

    assertThat(TestBed.receive(BED.deadLetters(one)).getDeadLetterReason())
        .isEqualTo("MaxTransferHopCountExceeded");
  }

  @Test
  void transactionsAreRefused() {
    BED.emulator();
    ServiceBusSenderClient sender = BED.sender(BED.queue());

    assertThatThrownBy(
            () -> {
              ServiceBusTransactionContext transaction = sender.createTransaction();
              sender.sendMessage(new ServiceBusMessage("a"), transaction);
            })
        .hasStackTraceContaining("does not support transactions");
  }
}
