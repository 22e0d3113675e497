package dev.roost.emulator.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.amqp.AmqpRetryOptions;
import com.azure.messaging.servicebus.ServiceBusException;
import com.azure.messaging.servicebus.ServiceBusFailureReason;
import com.azure.messaging.servicebus.ServiceBusMessage;
import com.azure.messaging.servicebus.ServiceBusReceivedMessage;
import com.azure.messaging.servicebus.ServiceBusReceiverClient;
import com.azure.messaging.servicebus.ServiceBusSenderClient;
import dev.roost.testkit.Await;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What goes wrong on request, and that the SDK gets over it. */
class FaultTest {
  @RegisterExtension static final TestBed BED = new TestBed();

  @Test
  void aSenderComesBackAfterDroppedConnections() {
    String queue = BED.queue();
    ServiceBusSenderClient sender = quick(queue);
    sender.sendMessage(new ServiceBusMessage("before"));
    assertThat(BED.emulator().faults().dropConnections()).isPositive();

    sender.sendMessage(new ServiceBusMessage("after"));

    assertThat(BED.receiver(queue).peekMessages(10))
        .extracting(TestBed::body)
        .containsExactly("before", "after");
  }

  @Test
  void aReceiverComesBackAfterDroppedConnections() {
    String queue = BED.queue();
    BED.send(queue, "a");
    ServiceBusReceiverClient receiver = BED.receiver(queue);
    TestBed.receive(receiver);
    BED.emulator().faults().dropConnections();
    BED.emulator().expireLocks(queue);

    assertThat(TestBed.receive(receiver).getDeliveryCount()).isEqualTo(1);
  }

  @Test
  void aReceiverComesBackAfterADetach() {
    String queue = BED.queue();
    BED.send(queue, "a", "b");
    ServiceBusReceiverClient receiver = BED.receiver(queue);
    receiver.complete(TestBed.receive(receiver));
    assertThat(BED.emulator().faults().detach(queue, "amqp:link:detach-forced")).isPositive();

    assertThat(TestBed.receive(receiver).getBody()).hasToString("b");
  }

  @Test
  void aBusyServerIsAskedAgain() {
    String queue = BED.queue();
    ServiceBusSenderClient sender = quick(queue);
    BED.emulator().faults().serverBusy(1);

    // The SDK waits four seconds before it comes again.
    sender.sendMessage(new ServiceBusMessage("a"));

    assertThat(BED.receiver(queue).peekMessage()).isNotNull();
  }

  @Test
  void aRejectionSaysWhatWasAskedFor() {
    String queue = BED.queue();
    ServiceBusSenderClient sender = quick(queue);
    BED.emulator().faults().rejectNext(1, "amqp:resource-limit-exceeded");

    assertThatThrownBy(() -> sender.sendMessage(new ServiceBusMessage("a")))
        .isInstanceOfSatisfying(
            ServiceBusException.class,
            e -> assertThat(e.getReason()).isEqualTo(ServiceBusFailureReason.QUOTA_EXCEEDED));
  }

  @Test
  void aDelayedDecisionTakesItsTime() throws Exception {
    String queue = BED.queue();
    BED.send(queue, "a");
    ServiceBusReceiverClient receiver = BED.receiver(queue);
    ServiceBusReceivedMessage message = TestBed.receive(receiver);
    BED.emulator().faults().delayDispositions(Duration.ofSeconds(30));
    CompletableFuture<Void> completed =
        CompletableFuture.runAsync(() -> receiver.complete(message));
    assertThat(BED.emulator().counts(queue).locked()).isEqualTo(1);

    Await.until(
        "the decision counts after its delay",
        TestBed.PATIENCE,
        () -> {
          BED.emulator().advance(Duration.ofSeconds(10));
          return completed.isDone();
        });

    BED.emulator().faults().delayDispositions(Duration.ZERO);
    assertThat(BED.emulator().counts(queue).locked()).isZero();
  }

  @Test
  void aClosedPortIsFoundAgain() {
    String queue = BED.queue();
    BED.emulator().faults().stopListening();
    ServiceBusSenderClient sender = quick(queue);
    CompletableFuture<Void> sent =
        CompletableFuture.runAsync(() -> sender.sendMessage(new ServiceBusMessage("a")));
    assertThat(sent).isNotDone();
    BED.emulator().faults().listenAgain();

    assertThat(sent).succeedsWithin(TestBed.PATIENCE);
    assertThat(BED.receiver(queue).peekMessage()).isNotNull();
  }

  private static ServiceBusSenderClient quick(String queue) {
    return BED.closing(
        BED.client()
            .retryOptions(
                new AmqpRetryOptions().setTryTimeout(Duration.ofSeconds(5)).setMaxRetries(5))
            .sender()
            .queueName(queue)
            .buildClient());
  }
}
