package dev.roost.servicebus.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.amqp.AmqpRetryOptions;
import com.azure.core.util.BinaryData;
import com.azure.messaging.servicebus.ServiceBusClientBuilder;
import com.azure.messaging.servicebus.ServiceBusMessage;
import com.azure.messaging.servicebus.ServiceBusReceivedMessage;
import com.azure.messaging.servicebus.ServiceBusReceiverClient;
import com.azure.messaging.servicebus.ServiceBusSenderClient;
import com.azure.messaging.servicebus.models.SubQueue;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roost.emulator.ServiceBusEmulator;
import dev.roost.emulator.config.QueueConfig;
import dev.roost.spi.BindingContext;
import dev.roost.spi.BindingDefinition;
import dev.roost.spi.BindingException;
import dev.roost.spi.Delivery;
import dev.roost.spi.Direction;
import dev.roost.spi.FunctionDefinition;
import dev.roost.spi.Source;
import dev.roost.testkit.Await;
import dev.roost.testkit.RealTime;
import dev.roost.testkit.TestHost;
import java.text.MessageFormat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** A queue of its own on an emulator, seen by the plain SDK and by our source. */
final class BusLab {
  static final Duration LIMIT = Duration.ofSeconds(20);

  final TestHost host = new TestHost();
  final String queue = "lab-" + UUID.randomUUID();
  final ObjectNode trigger = JsonNodeFactory.instance.objectNode();
  final ObjectNode settings = JsonNodeFactory.instance.objectNode();
  final ServiceBusEmulator emulator;
  private final RealTime time = new RealTime();
  private final ServiceBusClientBuilder sdk;
  private final List<AutoCloseable> open = new ArrayList<>();
  private final List<Source.Pull> sources = new ArrayList<>();

  BusLab(ServiceBusEmulator emulator) {
    this.emulator = emulator;
    // A send whose connection breaks is now and then not answered: the SDK waits a minute for that.
    this.sdk =
        new ServiceBusClientBuilder()
            .connectionString(emulator.connectionString())
            .retryOptions(new AmqpRetryOptions().setTryTimeout(Duration.ofSeconds(5)));
    host.clock = time;
    host.waiter = time;
    host.values.put("AzureWebJobsServiceBus", emulator.connectionString());
    host.extensions.put("serviceBus", JsonNodeFactory.instance.objectNode());
    host.functionSettings.put("Orders", settings);
    trigger.put("queueName", queue);
  }

  BusLab withQueue() {
    emulator.create(QueueConfig.queue(queue));
    return this;
  }

  BusLab withSessions() {
    emulator.create(QueueConfig.queue(queue).withSessions());
    trigger.put("isSessionsEnabled", true);
    return this;
  }

  /** {@code extensions.serviceBus} of host.json. */
  ObjectNode options() {
    return host.extensions.get("serviceBus");
  }

  ServiceBusSenderClient sender(String entity) {
    ServiceBusSenderClient sender = sdk.sender().queueName(entity).buildClient();
    open.add(sender);
    return sender;
  }

  void send(String... texts) {
    ServiceBusSenderClient sender = sender(queue);
    for (String text : texts) {
      sender.sendMessage(new ServiceBusMessage(BinaryData.fromString(text)));
    }
  }

  void sendTo(String session, String... texts) {
    ServiceBusSenderClient sender = sender(queue);
    for (String text : texts) {
      sender.sendMessage(new ServiceBusMessage(text).setSessionId(session));
    }
  }

  /** Receives and completes one, with the plain SDK. */
  ServiceBusReceivedMessage receive(String entity, SubQueue part) {
    try (ServiceBusReceiverClient receiver =
        sdk.receiver().queueName(entity).subQueue(part).buildClient()) {
      ServiceBusReceivedMessage message =
          receiver.receiveMessages(1, Duration.ofSeconds(10)).stream().findFirst().orElseThrow();
      receiver.complete(message);
      return message;
    }
  }

  BindingContext context() {
    var binding = new BindingDefinition("msg", "serviceBusTrigger", Direction.IN, trigger);
    return new BindingContext(
        new FunctionDefinition(
            "Orders", "../app.jar", "app.Orders.run", List.of(binding), Optional.empty()),
        binding,
        host);
  }

  Source.Pull open() throws BindingException, java.io.IOException {
    Source.Pull source = (Source.Pull) new ServiceBusTrigger().open(context());
    source.start(() -> {});
    sources.add(source);
    return source;
  }

  /** Polls until {@code count} deliveries came. */
  static List<Delivery> poll(Source.Pull source, int count) throws Exception {
    List<Delivery> found = new ArrayList<>();
    Await.until(
        count + " deliveries",
        LIMIT,
        () -> {
          found.addAll(source.poll(count - found.size()));
          return found.size() >= count;
        });
    assertThat(found).hasSize(count);
    return found;
  }

  static Delivery one(Source.Pull source) throws Exception {
    return poll(source, 1).getFirst();
  }

  /** Something that may fail. */
  interface Doing {
    void run() throws Exception;
  }

  /** What our listeners log while something is done. */
  static List<String> told(Doing doing) throws Exception {
    List<String> lines = new CopyOnWriteArrayList<>();
    Logger log = Logger.getLogger("Host.Triggers.ServiceBus");
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord line) {
            lines.add(MessageFormat.format(line.getMessage(), line.getParameters()));
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    log.addHandler(handler);
    try {
      doing.run();
    } finally {
      log.removeHandler(handler);
    }
    return lines;
  }

  /** Waits until the emulator counts what is wanted. */
  void await(String what, java.util.function.Predicate<dev.roost.emulator.broker.Counts> condition)
      throws Exception {
    try {
      Await.until(what, LIMIT, () -> condition.test(emulator.counts(queue)));
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage() + "; it has " + emulator.counts(queue), e);
    }
  }

  void close() throws Exception {
    sources.forEach(Source.Pull::stop);
    host.closeShared();
    for (AutoCloseable each : open) {
      each.close();
    }
    time.close();
  }
}
