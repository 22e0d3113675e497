package dev.roost.emulator.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.messaging.servicebus.ServiceBusException;
import com.azure.messaging.servicebus.ServiceBusFailureReason;
import com.azure.messaging.servicebus.ServiceBusReceivedMessage;
import com.azure.messaging.servicebus.ServiceBusReceiverClient;
import com.azure.messaging.servicebus.models.AbandonOptions;
import com.azure.messaging.servicebus.models.DeadLetterOptions;
import com.azure.messaging.servicebus.models.DeferOptions;
import com.azure.messaging.servicebus.models.ServiceBusMessageState;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Messages under a lock, and what their receiver decides. */
class SettlementTest {
  private static final Duration LOCK = Duration.ofSeconds(30);

  @RegisterExtension static final TestBed BED = new TestBed();

  @Test
  void aCompletedMessageIsGone() {
    String queue = BED.queue();
    BED.send(queue, "a");
    ServiceBusReceiverClient receiver = BED.receiver(queue);

    receiver.complete(TestBed.receive(receiver));

    assertThat(receiver.peekMessage()).isNull();
  }

  @Test
  void anAbandonedMessageComesAgainAtItsPlaceAndIsCounted() {
    String queue = BED.queue();
    BED.send(queue, "first", "second");
    ServiceBusReceiverClient receiver = BED.receiver(queue);
    receiver.abandon(TestBed.receive(receiver));

    ServiceBusReceivedMessage again = TestBed.receive(receiver);

    assertThat(again.getBody()).hasToString("first");
    assertThat(again.getDeliveryCount()).isEqualTo(1);
  }

  @Test
  void abandoningMayChangeProperties() {
    String queue = BED.queue();
    BED.send(queue, "a");
    ServiceBusReceiverClient receiver = BED.receiver(queue);
    receiver.abandon(
        TestBed.receive(receiver), new AbandonOptions().setPropertiesToModify(Map.of("tries", 1)));

    assertThat(TestBed.receive(receiver).getApplicationProperties()).containsEntry("tries", 1);
  }

  @Test
  void aDeadLetterSaysWhy() {
    String queue = BED.queue();
    BED.send(queue, "bad");
    ServiceBusReceiverClient receiver = BED.receiver(queue);
    receiver.deadLetter(
        TestBed.receive(receiver),
        new DeadLetterOptions()
            .setDeadLetterReason("unreadable")
            .setDeadLetterErrorDescription("no JSON")
            .setPropertiesToModify(Map.of("seen", true)));

    ServiceBusReceivedMessage letter = TestBed.receive(BED.deadLetters(queue));

    assertThat(letter.getBody()).hasToString("bad");
    assertThat(letter.getDeadLetterReason()).isEqualTo("unreadable");
    assertThat(letter.getDeadLetterErrorDescription()).isEqualTo("no JSON");
    assertThat(letter.getDeadLetterSource()).isEqualTo(queue);
    assertThat(letter.getApplicationProperties()).containsEntry("seen", true);
  }

  @Test
  void aDeadLetterMayBeCompleted() {
    String queue = BED.queue();
    BED.send(queue, "bad");
    ServiceBusReceiverClient receiver = BED.receiver(queue);
    receiver.deadLetter(TestBed.receive(receiver));
    ServiceBusReceiverClient letters = BED.deadLetters(queue);

    letters.complete(TestBed.receive(letters));

    assertThat(letters.peekMessage()).isNull();
  }

  @Test
  void aMessageGivenBackTooOftenBecomesADeadLetter() {
    String queue = BED.queue(options -> options.maxDeliveryCount(3));
    BED.send(queue, "a");
    ServiceBusReceiverClient receiver = BED.receiver(queue);
    for (int i = 0; i < 3; i++) {
      receiver.abandon(TestBed.receive(receiver));
    }

    ServiceBusReceivedMessage letter = TestBed.receive(BED.deadLetters(queue));

    assertThat(letter.getDeadLetterReason()).isEqualTo("MaxDeliveryCountExceeded");
    assertThat(receiver.peekMessage()).isNull();
  }

  @Test
  void aDeferredMessageComesByItsNumberOnly() {
    String queue = BED.queue();
    BED.send(queue, "later", "now");
    ServiceBusReceiverClient receiver = BED.receiver(queue);
    ServiceBusReceivedMessage later = TestBed.receive(receiver);
    receiver.defer(later, new DeferOptions().setPropertiesToModify(Map.of("why", "busy")));
    receiver.complete(TestBed.receive(receiver));

    ServiceBusReceivedMessage deferred = receiver.receiveDeferredMessage(later.getSequenceNumber());

    assertThat(deferred.getBody()).hasToString("later");
    assertThat(deferred.getState()).isEqualTo(ServiceBusMessageState.DEFERRED);
    assertThat(deferred.getApplicationProperties()).containsEntry("why", "busy");
    receiver.complete(deferred);
    assertThat(receiver.peekMessage()).isNull();
  }

  @Test
  void severalDeferredMessagesComeTogether() {
    String queue = BED.queue();
    BED.send(queue, "a", "b");
    ServiceBusReceiverClient receiver = BED.receiver(queue);
    List<Long> numbers =
        TestBed.receive(receiver, 2).stream()
            .peek(receiver::defer)
            .map(ServiceBusReceivedMessage::getSequenceNumber)
            .toList();

    assertThat(receiver.receiveDeferredMessageBatch(numbers))
        .extracting(TestBed::body)
        .containsExactly("a", "b");
  }

  @Test
  void aDeferredMessageThatIsAbandonedStaysDeferred() {
    String queue = BED.queue();
    BED.send(queue, "a");
    ServiceBusReceiverClient receiver = BED.receiver(queue);
    ServiceBusReceivedMessage message = TestBed.receive(receiver);
    receiver.defer(message);
    receiver.abandon(receiver.receiveDeferredMessage(message.getSequenceNumber()));

    assertThat(receiver.peekMessage().getState()).isEqualTo(ServiceBusMessageState.DEFERRED);
    assertThat(receiver.receiveDeferredMessage(message.getSequenceNumber()).getDeliveryCount())
        .isPositive();
  }

  @Test
  void aNumberThatIsNotDeferredIsRefused() {
    ServiceBusReceiverClient receiver = BED.receiver(BED.queue());

    // The SDK turns the service's message-not-found into a general error.
    assertThatThrownBy(() -> receiver.receiveDeferredMessage(4711))
        .isInstanceOf(ServiceBusException.class);
  }

  @Test
  void receiveAndDeleteNeedsNoDecision() {
    String queue = BED.queue();
    BED.send(queue, "a", "b");
    ServiceBusReceiverClient receiver = BED.deleter(queue);

    assertThat(TestBed.receive(receiver, 2)).extracting(TestBed::body).containsExactly("a", "b");
    assertThat(receiver.peekMessage()).isNull();
  }

  @Test
  void aLockKeepsOthersAway() {
    String queue = BED.queue();
    BED.send(queue, "a", "b");

    ServiceBusReceivedMessage one = TestBed.receive(BED.receiver(queue));
    ServiceBusReceivedMessage other = TestBed.receive(BED.receiver(queue));

    assertThat(List.of(one, other)).extracting(TestBed::body).containsExactly("a", "b");
  }

  @Test
  void aLockThatEndsGivesTheMessageToTheNext() {
    String queue = BED.queue(options -> options.lockDuration(LOCK));
    BED.send(queue, "a");
    ServiceBusReceiverClient receiver = BED.receiver(queue);
    ServiceBusReceivedMessage late = TestBed.receive(receiver);
    BED.emulator().advance(LOCK.plusSeconds(1));

    ServiceBusReceivedMessage again = TestBed.receive(BED.receiver(queue));

    assertThat(again.getDeliveryCount()).isEqualTo(1);
    assertThatThrownBy(() -> receiver.complete(late))
        .isInstanceOfSatisfying(
            ServiceBusException.class,
            e -> assertThat(e.getReason()).isEqualTo(ServiceBusFailureReason.MESSAGE_LOCK_LOST));
  }

  @Test
  void aRenewedLockLastsLonger() {
    String queue = BED.queue(options -> options.lockDuration(LOCK));
    BED.send(queue, "a");
    ServiceBusReceiverClient receiver = BED.receiver(queue);
    ServiceBusReceivedMessage message = TestBed.receive(receiver);
    BED.emulator().advance(LOCK.minusSeconds(5));
    OffsetDateTime until = receiver.renewMessageLock(message);
    BED.emulator().advance(LOCK.minusSeconds(5));

    receiver.complete(message);

    assertThat(until).isAfter(OffsetDateTime.now().plus(LOCK.dividedBy(2)));
    assertThat(receiver.peekMessage()).isNull();
  }

  @Test
  void aLostLockCannotBeRenewed() {
    String queue = BED.queue(options -> options.lockDuration(LOCK));
    BED.send(queue, "a");
    ServiceBusReceiverClient receiver = BED.receiver(queue);
    ServiceBusReceivedMessage message = TestBed.receive(receiver);
    BED.emulator().expireLocks(queue);

    assertThatThrownBy(() -> receiver.renewMessageLock(message))
        .isInstanceOfSatisfying(
            ServiceBusException.class,
            e -> assertThat(e.getReason()).isEqualTo(ServiceBusFailureReason.MESSAGE_LOCK_LOST));
  }

  @Test
  void aLockOutlivesItsReceiver() {
    String queue = BED.queue();
    BED.send(queue, "a");
    ServiceBusReceiverClient first = BED.receiver(queue);
    ServiceBusReceivedMessage message = TestBed.receive(first);
    first.close();

    // The SDK asks at $management, since the link is gone.
    ServiceBusReceiverClient second = BED.receiver(queue);
    second.complete(message);

    assertThat(second.peekMessage()).isNull();
  }

  @Test
  void everyDecisionWorksWithoutTheLinkTheMessageCameOn() {
    String queue = BED.queue();
    BED.send(queue, "abandon", "defer", "deadLetter");
    ServiceBusReceiverClient first = BED.receiver(queue);
    List<ServiceBusReceivedMessage> messages = TestBed.receive(first, 3);
    first.close();
    ServiceBusReceiverClient second = BED.receiver(queue);

    second.abandon(messages.get(0));
    second.defer(messages.get(1));
    second.deadLetter(
        messages.get(2),
        new DeadLetterOptions().setDeadLetterReason("why").setDeadLetterErrorDescription("more"));

    assertThat(second.peekMessages(10))
        .extracting(message -> message.getBody() + " " + message.getState())
        .containsExactly("abandon ACTIVE", "defer DEFERRED");
    assertThat(BED.deadLetters(queue).peekMessage().getDeadLetterReason()).isEqualTo("why");
  }
}
