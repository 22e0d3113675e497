package dev.roost.emulator.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.amqp.AmqpRetryOptions;
import com.azure.core.amqp.exception.AmqpErrorCondition;
import com.azure.core.amqp.exception.AmqpException;
import com.azure.core.util.BinaryData;
import com.azure.messaging.servicebus.ServiceBusException;
import com.azure.messaging.servicebus.ServiceBusMessage;
import com.azure.messaging.servicebus.ServiceBusReceivedMessage;
import com.azure.messaging.servicebus.ServiceBusReceiverClient;
import com.azure.messaging.servicebus.ServiceBusSenderClient;
import com.azure.messaging.servicebus.ServiceBusSessionReceiverClient;
import com.azure.messaging.servicebus.models.ServiceBusReceiveMode;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Messages of sessions: in order, one receiver each. */
class SessionTest {
  private static final Duration LOCK = Duration.ofSeconds(30);

  @RegisterExtension static final TestBed BED = new TestBed();

  @Test
  void aSessionComesInOrder() {
    String queue = BED.sessionQueue();
    send(queue, "x", "x1", "x2", "x3");
    ServiceBusReceiverClient receiver = accept(queue, "x");

    assertThat(TestBed.receive(receiver, 3))
        .extracting(TestBed::body)
        .containsExactly("x1", "x2", "x3");
    assertThat(receiver.getSessionId()).isEqualTo("x");
  }

  @Test
  void theNextSessionIsOneThatHasMessagesAndIsFree() {
    String queue = BED.sessionQueue();
    send(queue, "x", "x1");
    send(queue, "y", "y1");
    ServiceBusSessionReceiverClient sessions = BED.sessions(queue);
    ServiceBusReceiverClient one = BED.closing(sessions.acceptNextSession());
    ServiceBusReceiverClient other = BED.closing(sessions.acceptNextSession());

    assertThat(Set.of(one.getSessionId(), other.getSessionId())).isEqualTo(Set.of("x", "y"));
    assertThat(TestBed.receive(one).getSessionId()).isEqualTo(one.getSessionId());
    assertThat(TestBed.receive(other).getSessionId()).isEqualTo(other.getSessionId());
  }

  @Test
  void aSessionThatAnotherHasIsRefused() {
    String queue = BED.sessionQueue();
    accept(queue, "x");
    ServiceBusSessionReceiverClient impatient =
        BED.closing(
            BED.client()
                .retryOptions(
                    new AmqpRetryOptions().setMaxRetries(0).setTryTimeout(Duration.ofSeconds(5)))
                .sessionReceiver()
                .queueName(queue)
                .buildClient());

    assertThatThrownBy(() -> impatient.acceptSession("x"))
        .isInstanceOfSatisfying(
            AmqpException.class,
            e ->
                assertThat(e.getErrorCondition())
                    .isEqualTo(AmqpErrorCondition.SESSION_CANNOT_BE_LOCKED));
  }

  @Test
  void whoWaitsGetsASessionAsItComes() {
    String queue = BED.sessionQueue();
    ServiceBusSessionReceiverClient sessions = BED.sessions(queue);
    Thread sender = Thread.ofVirtual().start(() -> send(queue, "late", "a"));

    ServiceBusReceiverClient receiver = BED.closing(sessions.acceptNextSession());

    assertThat(sender).isNotNull();
    assertThat(receiver.getSessionId()).isEqualTo("late");
  }

  @Test
  void withoutASessionTheWaitEnds() {
    String queue = BED.sessionQueue();
    ServiceBusSessionReceiverClient impatient =
        BED.closing(
            BED.client()
                .retryOptions(
                    new AmqpRetryOptions().setMaxRetries(0).setTryTimeout(Duration.ofSeconds(2)))
                .sessionReceiver()
                .queueName(queue)
                .buildClient());

    assertThatThrownBy(impatient::acceptNextSession).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aMessageWithoutASessionIsRefused() {
    String queue = BED.sessionQueue();

    assertThatThrownBy(() -> BED.send(queue, "a"))
        .isInstanceOf(ServiceBusException.class)
        .hasMessageContaining("SessionId was not set");
  }

  @Test
  void aReceiverWithoutASessionIsRefused() {
    String queue = BED.sessionQueue();
    ServiceBusReceiverClient receiver = BED.receiver(queue);

    assertThatThrownBy(
            () -> receiver.receiveMessages(1, TestBed.PATIENCE).stream().findFirst().orElseThrow())
        .isInstanceOf(RuntimeException.class);
  }

  @Test
  void aSessionReceiverNeedsAQueueWithSessions() {
    String queue = BED.queue();

    assertThatThrownBy(() -> BED.sessions(queue).acceptSession("x"))
        .isInstanceOf(RuntimeException.class);
  }

  @Test
  void stateStaysWithTheSession() {
    String queue = BED.sessionQueue();
    ServiceBusReceiverClient first = BED.sessions(queue).acceptSession("x");
    assertThat(first.getSessionState()).isNull();
    first.setSessionState(BinaryData.fromString("step 2").toBytes());
    first.close();

    ServiceBusReceiverClient second = accept(queue, "x");

    assertThat(new String(second.getSessionState(), UTF_8)).isEqualTo("step 2");
    second.setSessionState(null);
    assertThat(second.getSessionState()).isNull();
  }

  @Test
  void closingFreesTheSessionAndCountsNothing() {
    String queue = BED.sessionQueue();
    send(queue, "x", "a");
    ServiceBusReceiverClient first = BED.sessions(queue).acceptSession("x");
    TestBed.receive(first);
    first.close();

    ServiceBusReceivedMessage again = TestBed.receive(accept(queue, "x"));

    assertThat(again.getBody()).hasToString("a");
    assertThat(again.getDeliveryCount()).isZero();
  }

  @Test
  void aLockThatEndsFreesTheSessionAndCounts() {
    String queue = BED.queue(options -> options.withSessions().lockDuration(LOCK));
    send(queue, "x", "a");
    ServiceBusReceiverClient first = accept(queue, "x");
    ServiceBusReceivedMessage late = TestBed.receive(first);
    BED.emulator().advance(LOCK.plusSeconds(1));

    ServiceBusReceivedMessage again = TestBed.receive(accept(queue, "x"));

    assertThat(again.getDeliveryCount()).isEqualTo(1);
    assertThatThrownBy(() -> first.complete(late)).isInstanceOf(RuntimeException.class);
  }

  @Test
  void aRenewedSessionLastsLonger() {
    String queue = BED.queue(options -> options.withSessions().lockDuration(LOCK));
    send(queue, "x", "a");
    ServiceBusReceiverClient receiver = accept(queue, "x");
    ServiceBusReceivedMessage message = TestBed.receive(receiver);
    BED.emulator().advance(LOCK.minusSeconds(5));
    OffsetDateTime until = receiver.renewSessionLock();
    BED.emulator().advance(LOCK.minusSeconds(5));

    receiver.complete(message);

    assertThat(until).isAfter(OffsetDateTime.now().plus(LOCK.dividedBy(2)));
    assertThat(BED.emulator().counts(queue).locked()).isZero();
  }

  @Test
  void aLostSessionCannotBeRenewed() {
    String queue = BED.queue(options -> options.withSessions().lockDuration(LOCK));
    ServiceBusReceiverClient receiver = accept(queue, "x");
    BED.emulator().expireLocks(queue);

    assertThatThrownBy(receiver::renewSessionLock).isInstanceOf(RuntimeException.class);
  }

  @Test
  void decisionsWorkWithinASession() {
    String queue = BED.sessionQueue();
    send(queue, "x", "abandoned", "deferred", "dead");
    ServiceBusReceiverClient receiver = accept(queue, "x");
    receiver.abandon(TestBed.receive(receiver));
    receiver.complete(TestBed.receive(receiver));
    ServiceBusReceivedMessage deferred = TestBed.receive(receiver);
    receiver.defer(deferred);
    receiver.deadLetter(TestBed.receive(receiver));

    receiver.complete(receiver.receiveDeferredMessage(deferred.getSequenceNumber()));

    assertThat(TestBed.receive(BED.deadLetters(queue)).getBody()).hasToString("dead");
    assertThat(receiver.peekMessage()).isNull();
  }

  @Test
  void peekingWithinASessionSeesNoOther() {
    String queue = BED.sessionQueue();
    send(queue, "x", "x1");
    send(queue, "y", "y1");

    assertThat(accept(queue, "y").peekMessages(10)).extracting(TestBed::body).containsExactly("y1");
  }

  @Test
  void aSessionMayBeReceivedAndDeleted() {
    String queue = BED.sessionQueue();
    send(queue, "x", "a", "b");
    ServiceBusSessionReceiverClient sessions =
        BED.closing(
            BED.client()
                .sessionReceiver()
                .queueName(queue)
                .receiveMode(ServiceBusReceiveMode.RECEIVE_AND_DELETE)
                .buildClient());
    ServiceBusReceiverClient receiver = BED.closing(sessions.acceptSession("x"));

    assertThat(TestBed.receive(receiver, 2)).hasSize(2);
    assertThat(receiver.peekMessage()).isNull();
  }

  private static ServiceBusReceiverClient accept(String queue, String session) {
    return BED.closing(BED.sessions(queue).acceptSession(session));
  }

  private static void send(String queue, String session, String... bodies) {
    ServiceBusSenderClient sender = BED.sender(queue);
    for (String body : bodies) {
      sender.sendMessage(new ServiceBusMessage(body).setSessionId(session));
    }
  }
}
