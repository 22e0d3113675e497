package dev.roost.emulator.conformance;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.azure.messaging.servicebus.ServiceBusClientBuilder;
import com.azure.messaging.servicebus.ServiceBusMessage;
import com.azure.messaging.servicebus.ServiceBusReceivedMessage;
import com.azure.messaging.servicebus.ServiceBusReceiverClient;
import com.azure.messaging.servicebus.ServiceBusRuleManagerClient;
import com.azure.messaging.servicebus.ServiceBusSenderClient;
import com.azure.messaging.servicebus.ServiceBusSessionReceiverClient;
import com.azure.messaging.servicebus.models.ServiceBusReceiveMode;
import com.azure.messaging.servicebus.models.SubQueue;
import dev.roost.emulator.ServiceBusEmulator;
import dev.roost.emulator.config.QueueConfig;
import dev.roost.emulator.config.SubscriptionConfig;
import dev.roost.emulator.config.TopicConfig;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The namespace of a test class, with fresh entities and clients for each test. */
final class TestBed implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {
  static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private Optional<ServiceBusEmulator> emulator = Optional.empty();
  private Optional<RealNamespace> real = Optional.empty();

  @Override
  public void beforeAll(ExtensionContext context) {
    real = Optional.ofNullable(System.getenv("SERVICEBUS_CONNECTION")).map(RealNamespace::new);
    if (real.isEmpty()) {
      emulator = Optional.of(ServiceBusEmulator.builder().start());
    }
  }

  @Override
  public void afterEach(ExtensionContext context) throws Exception {
    while (!open.isEmpty()) {
      open.pop().close();
    }
  }

  @Override
  public void afterAll(ExtensionContext context) {
    emulator.ifPresent(ServiceBusEmulator::close);
    real.ifPresent(RealNamespace::close);
  }

  /** For cases that need its clock, its counts or its faults. */
  ServiceBusEmulator emulator() {
    assumeTrue(emulator.isPresent(), "needs what only the emulator can do");
    return emulator.orElseThrow();
  }

  String connectionString() {
    return real.map(RealNamespace::connectionString)
        .orElseGet(() -> emulator.orElseThrow().connectionString());
  }

  ServiceBusClientBuilder client() {
    return new ServiceBusClientBuilder().connectionString(connectionString());
  }

  String queue() {
    return queue(UnaryOperator.identity());
  }

  String queue(UnaryOperator<QueueConfig> options) {
    QueueConfig queue = options.apply(QueueConfig.queue(unique("q")));
    real.ifPresent(namespace -> namespace.create(queue));
    emulator.ifPresent(memory -> memory.create(queue));
    return queue.name();
  }

  String sessionQueue() {
    return queue(QueueConfig::withSessions);
  }

  /** A topic with one subscription, {@code s}. */
  String topic(UnaryOperator<SubscriptionConfig> options) {
    return create(
        TopicConfig.topic(unique("t")).with(options.apply(SubscriptionConfig.subscription("s"))));
  }

  String create(TopicConfig topic) {
    real.ifPresent(namespace -> namespace.create(topic));
    emulator.ifPresent(memory -> memory.create(topic));
    return topic.name();
  }

  static String unique(String prefix) {
    return prefix + "-" + UUID.randomUUID().toString().substring(0, 8);
  }

  ServiceBusSenderClient sender(String queue) {
    return closing(client().sender().queueName(queue).buildClient());
  }

  ServiceBusSenderClient topicSender(String topic) {
    return closing(client().sender().topicName(topic).buildClient());
  }

  ServiceBusReceiverClient receiver(String queue) {
    return closing(
        client()
            .receiver()
            .queueName(queue)
            .disableAutoComplete()
            .maxAutoLockRenewDuration(Duration.ZERO)
            .buildClient());
  }

  ServiceBusReceiverClient deleter(String queue) {
    return closing(
        client()
            .receiver()
            .queueName(queue)
            .receiveMode(ServiceBusReceiveMode.RECEIVE_AND_DELETE)
            .buildClient());
  }

  ServiceBusReceiverClient deadLetters(String queue) {
    return closing(
        client().receiver().queueName(queue).subQueue(SubQueue.DEAD_LETTER_QUEUE).buildClient());
  }

  ServiceBusReceiverClient subscription(String topic, String name) {
    return closing(client().receiver().topicName(topic).subscriptionName(name).buildClient());
  }

  ServiceBusSessionReceiverClient sessions(String queue) {
    return closing(
        client()
            .sessionReceiver()
            .queueName(queue)
            .maxAutoLockRenewDuration(Duration.ZERO)
            .buildClient());
  }

  ServiceBusRuleManagerClient rules(String topic, String subscription) {
    return closing(
        client().ruleManager().topicName(topic).subscriptionName(subscription).buildClient());
  }

  /** Sends messages with these bodies. */
  void send(String queue, String... bodies) {
    sender(queue).sendMessages(List.of(bodies).stream().map(ServiceBusMessage::new).toList());
  }

  /** Exactly so many messages. */
  static List<ServiceBusReceivedMessage> receive(ServiceBusReceiverClient receiver, int count) {
    ArrayList<ServiceBusReceivedMessage> got = new ArrayList<>();
    while (got.size() < count) {
      int before = got.size();
      receiver.receiveMessages(count - before, PATIENCE).forEach(got::add);
      if (got.size() == before) {
        throw new AssertionError("only " + before + " of " + count + " messages came");
      }
    }
    return got;
  }

  static ServiceBusReceivedMessage receive(ServiceBusReceiverClient receiver) {
    return receive(receiver, 1).getFirst();
  }

  static String body(ServiceBusReceivedMessage message) {
    return message.getBody().toString();
  }

  <T extends AutoCloseable> T closing(T client) {
    open.push(client);
    return client;
  }
}
