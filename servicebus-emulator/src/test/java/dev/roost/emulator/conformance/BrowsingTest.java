package dev.roost.emulator.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.messaging.servicebus.ServiceBusMessage;
import com.azure.messaging.servicebus.ServiceBusReceivedMessage;
import com.azure.messaging.servicebus.ServiceBusReceiverClient;
import com.azure.messaging.servicebus.ServiceBusSenderClient;
import com.azure.messaging.servicebus.models.ServiceBusMessageState;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Messages that are looked at, wait for their time, or wait for too long. */
class BrowsingTest {
  @RegisterExtension static final TestBed BED = new TestBed();

  @Test
  void peekingLocksNothing() {
    String queue = BED.queue();
    BED.send(queue, "a", "b", "c");
    ServiceBusReceiverClient receiver = BED.receiver(queue);

    assertThat(receiver.peekMessages(10)).extracting(TestBed::body).containsExactly("a", "b", "c");
    assertThat(TestBed.receive(receiver, 3)).hasSize(3);
  }

  @Test
  void peekingGoesOnWhereItEnded() {
    String queue = BED.queue();
    BED.send(queue, "a", "b", "c");
    ServiceBusReceiverClient receiver = BED.receiver(queue);

    assertThat(receiver.peekMessage().getBody()).hasToString("a");
    assertThat(receiver.peekMessage().getBody()).hasToString("b");
    long third = receiver.peekMessage().getSequenceNumber();
    assertThat(receiver.peekMessage(third - 1).getBody()).hasToString("b");
  }

  @Test
  void peekingSeesLockedMessages() {
    String queue = BED.queue();
    BED.send(queue, "a");
    ServiceBusReceiverClient receiver = BED.receiver(queue);
    ServiceBusReceivedMessage locked = TestBed.receive(receiver);

    assertThat(receiver.peekMessage().getSequenceNumber()).isEqualTo(locked.getSequenceNumber());
  }

  @Test
  void aScheduledMessageWaitsForItsTime() {
    String queue = BED.queue();
    BED.emulator();
    BED.sender(queue)
        .scheduleMessage(new ServiceBusMessage("later"), OffsetDateTime.now().plusHours(1));
    ServiceBusReceiverClient receiver = BED.receiver(queue);
    assertThat(receiver.peekMessage().getState()).isEqualTo(ServiceBusMessageState.SCHEDULED);
    assertThat(BED.emulator().counts(queue).scheduled()).isEqualTo(1);

    BED.emulator().advance(Duration.ofHours(1));

    ServiceBusReceivedMessage got = TestBed.receive(receiver);
    assertThat(got.getBody()).hasToString("later");
    assertThat(got.getState()).isEqualTo(ServiceBusMessageState.ACTIVE);
  }

  @Test
  void aMessageMayBeSentWithATimeToBeEnqueued() {
    String queue = BED.queue();
    BED.sender(queue)
        .sendMessage(
            new ServiceBusMessage("soon")
                .setScheduledEnqueueTime(OffsetDateTime.now().plusMinutes(1)));
    BED.emulator().advance(Duration.ofSeconds(59));
    assertThat(BED.emulator().counts(queue).active()).isZero();

    BED.emulator().advance(Duration.ofSeconds(2));

    assertThat(TestBed.receive(BED.receiver(queue)).getBody()).hasToString("soon");
  }

  @Test
  void aScheduledMessageMayBeCancelled() {
    String queue = BED.queue();
    ServiceBusSenderClient sender = BED.sender(queue);
    OffsetDateTime later = OffsetDateTime.now().plusHours(1);
    Iterable<Long> numbers =
        sender.scheduleMessages(
            List.of(new ServiceBusMessage("a"), new ServiceBusMessage("b")), later);

    sender.cancelScheduledMessage(numbers.iterator().next());

    assertThat(BED.receiver(queue).peekMessages(10)).extracting(TestBed::body).containsExactly("b");
  }

  @Test
  void cancellingAnUnknownNumberChangesNothing() {
    String queue = BED.queue();
    ServiceBusSenderClient sender = BED.sender(queue);
    sender.scheduleMessage(new ServiceBusMessage("a"), OffsetDateTime.now().plusHours(1));

    // The SDK takes the service's message-not-found for success.
    sender.cancelScheduledMessage(4711);

    assertThat(BED.receiver(queue).peekMessages(10)).hasSize(1);
  }

  @Test
  void aTimeOfThePastEnqueuesAtOnce() {
    String queue = BED.queue();
    BED.sender(queue)
        .scheduleMessage(new ServiceBusMessage("now"), OffsetDateTime.now().minusMinutes(1));

    assertThat(TestBed.receive(BED.receiver(queue)).getBody()).hasToString("now");
  }

  @Test
  void anExpiredMessageIsDropped() {
    String queue = BED.queue();
    BED.sender(queue).sendMessage(new ServiceBusMessage("a").setTimeToLive(Duration.ofMinutes(1)));
    BED.emulator().advance(Duration.ofMinutes(2));

    assertThat(BED.receiver(queue).peekMessage()).isNull();
    assertThat(BED.deadLetters(queue).peekMessage()).isNull();
  }

  @Test
  void anExpiredMessageBecomesADeadLetterWhereTheQueueSaysSo() {
    String queue =
        BED.queue(options -> options.timeToLive(Duration.ofMinutes(1)).deadLetterExpired());
    BED.send(queue, "a");
    BED.emulator().advance(Duration.ofMinutes(2));

    assertThat(TestBed.receive(BED.deadLetters(queue)).getDeadLetterReason())
        .isEqualTo("TTLExpiredException");
  }

  @Test
  void aLockedMessageMayBeCompletedAfterItsTime() {
    String queue = BED.queue(options -> options.timeToLive(Duration.ofSeconds(30)));
    BED.send(queue, "a");
    ServiceBusReceiverClient receiver = BED.receiver(queue);
    ServiceBusReceivedMessage message = TestBed.receive(receiver);
    BED.emulator().advance(Duration.ofSeconds(40));

    receiver.complete(message);

    assertThat(BED.emulator().counts(queue).locked()).isZero();
  }

  @Test
  void aDeadLetterDoesNotExpire() {
    String queue = BED.queue();
    BED.sender(queue).sendMessage(new ServiceBusMessage("a").setTimeToLive(Duration.ofMinutes(1)));
    ServiceBusReceiverClient receiver = BED.receiver(queue);
    receiver.deadLetter(TestBed.receive(receiver));
    BED.emulator().advance(Duration.ofDays(1));

    assertThat(BED.deadLetters(queue).peekMessage()).isNotNull();
  }

  @Test
  void anIdThatCameBeforeIsDropped() {
    String queue = BED.queue(options -> options.duplicates(Duration.ofMinutes(1)));
    ServiceBusSenderClient sender = BED.sender(queue);
    sender.sendMessage(new ServiceBusMessage("first").setMessageId("x"));
    sender.sendMessage(new ServiceBusMessage("again").setMessageId("x"));
    sender.sendMessage(new ServiceBusMessage("other").setMessageId("y"));

    assertThat(BED.receiver(queue).peekMessages(10))
        .extracting(TestBed::body)
        .containsExactly("first", "other");
  }

  @Test
  void anIdIsForgottenAfterTheWindow() {
    String queue = BED.queue(options -> options.duplicates(Duration.ofMinutes(1)));
    ServiceBusSenderClient sender = BED.sender(queue);
    sender.sendMessage(new ServiceBusMessage("first").setMessageId("x"));
    BED.emulator().advance(Duration.ofMinutes(2));
    sender.sendMessage(new ServiceBusMessage("again").setMessageId("x"));

    assertThat(BED.receiver(queue).peekMessages(10)).hasSize(2);
  }
}
