package dev.roost.emulator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.amqp.AmqpRetryOptions;
import com.azure.messaging.servicebus.ServiceBusClientBuilder;
import com.azure.messaging.servicebus.ServiceBusException;
import com.azure.messaging.servicebus.ServiceBusMessage;
import com.azure.messaging.servicebus.ServiceBusProcessorClient;
import com.azure.messaging.servicebus.ServiceBusSenderClient;
import dev.roost.emulator.config.QueueConfig;
import dev.roost.emulator.junit.ServiceBusEmulatorExtension;
import dev.roost.testkit.Await;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Connections dropped under load: every message whose sending was acknowledged is received. A short
 * form by default; the long one with {@code -Droost.storm=true}.
 */
class ChaosTest {
  private static final boolean STORM = Boolean.getBoolean("roost.storm");
  private static final int MESSAGES = STORM ? 20_000 : 400;
  private static final int EVERY = STORM ? 1000 : 100;

  @RegisterExtension
  final ServiceBusEmulatorExtension serviceBus =
      new ServiceBusEmulatorExtension()
          .queue(
              QueueConfig.queue("load").lockDuration(Duration.ofSeconds(5)).maxDeliveryCount(1000));

  @Test
  void noAcknowledgedMessageIsLost() throws Exception {
    Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    Set<String> received = ConcurrentHashMap.newKeySet();
    try (ServiceBusProcessorClient processor =
            client()
                .processor()
                .queueName("load")
                .maxConcurrentCalls(8)
                .processMessage(context -> received.add(context.getMessage().getBody().toString()))
                .processError(_ -> {})
                .buildProcessorClient();
        ServiceBusSenderClient sender = client().sender().queueName("load").buildClient()) {
      processor.start();
      int dropped = 0;
      for (int i = 0; i < MESSAGES; i++) {
        if (i % EVERY == EVERY / 2) {
          dropped += serviceBus.faults().dropConnections();
        }
        send(sender, "m" + i, acknowledged);
      }
      assertThat(dropped).isGreaterThanOrEqualTo(MESSAGES / EVERY);
      Await.until(
          "every acknowledged message is received",
          Duration.ofSeconds(STORM ? 120 : 40),
          () -> received.containsAll(acknowledged));
    }
    assertThat(acknowledged).hasSizeGreaterThan(MESSAGES / 2);
  }

  /** A message whose sending fails may have arrived or not. */
  private static void send(ServiceBusSenderClient sender, String body, Set<String> acknowledged) {
    try {
      sender.sendMessage(new ServiceBusMessage(body));
      acknowledged.add(body);
    } catch (ServiceBusException _) {
      assertThat(acknowledged).doesNotContain(body);
    }
  }

  private ServiceBusClientBuilder client() {
    return new ServiceBusClientBuilder()
        .connectionString(serviceBus.connectionString())
        // What a drop swallowed is tried again after this, not after a minute.
        .retryOptions(
            new AmqpRetryOptions().setMaxRetries(10).setTryTimeout(Duration.ofSeconds(5)));
  }
}
