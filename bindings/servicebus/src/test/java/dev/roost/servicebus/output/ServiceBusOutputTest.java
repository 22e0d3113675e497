package dev.roost.servicebus.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.messaging.servicebus.ServiceBusClientBuilder;
import com.azure.messaging.servicebus.ServiceBusReceivedMessage;
import com.azure.messaging.servicebus.ServiceBusReceiverClient;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roost.emulator.config.QueueConfig;
import dev.roost.emulator.junit.ServiceBusEmulatorExtension;
import dev.roost.spi.BindingData;
import dev.roost.spi.BindingDefinition;
import dev.roost.spi.BindingException;
import dev.roost.spi.Direction;
import dev.roost.spi.OutgoingBusMessage;
import dev.roost.spi.OutputProvider;
import dev.roost.spi.Payload;
import dev.roost.spi.TraceHeaders;
import dev.roost.testkit.TestHost;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ServiceBusOutputTest {
  @RegisterExtension
  static final ServiceBusEmulatorExtension BUS =
      new ServiceBusEmulatorExtension().topic("events", "audit");

  private final TestHost host = new TestHost();
  private final String queue = "out-" + UUID.randomUUID();
  private final ObjectNode binding = JsonNodeFactory.instance.objectNode();

  private OutputProvider.Output open() throws BindingException {
    host.values.put("AzureWebJobsServiceBus", BUS.connectionString());
    return new ServiceBusOutput()
        .open(
            host.context(
                "Orders", new BindingDefinition("out", "serviceBus", Direction.OUT, binding)));
  }

  private OutputProvider.Output toQueue() throws BindingException {
    BUS.emulator().create(QueueConfig.queue(queue));
    binding.put("queueName", queue);
    return open();
  }

  @AfterEach
  void close() throws Exception {
    host.closeShared();
  }

  @Test
  void sendsTextAsItIs() throws Exception {
    toQueue().write(new Payload.Text("hello"), BindingData.EMPTY);

    assertThat(bodies(receive(queue, 1))).containsExactly("hello");
  }

  @Test
  void sendsEachElementOfAnArrayAsAMessageInOrder() throws Exception {
    toQueue().write(new Payload.Text("[\"a\",{\"n\":1},3]"), BindingData.EMPTY);

    assertThat(bodies(receive(queue, 3))).containsExactly("a", "{\n  \"n\": 1\n}", "3");
  }

  @Test
  void sendsToATopicWhoseNameIsAnExpression() throws Exception {
    binding.put("topicName", "{kind}");

    open().write(new Payload.Text("x"), BindingData.builder().text("kind", "events").build());

    assertThat(BUS.counts("events/subscriptions/audit").active()).isEqualTo(1);
  }

  @Test
  void writesTheWholeEnvelope() throws Exception {
    var message =
        new OutgoingBusMessage(
            new Payload.Text("[1,2]"),
            Map.of(
                "MessageId", "m-1",
                "CorrelationId", "c-1",
                "ReplyTo", "answers",
                "Subject", "created",
                "ContentType", "text/csv",
                "SessionId", "s-1",
                "PartitionKey", "s-1"),
            Map.of("tenant", "north"),
            Optional.empty(),
            Optional.of(Duration.ofMinutes(5)));

    toQueue().write(new Payload.Native(message), BindingData.EMPTY);

    ServiceBusReceivedMessage sent = receive(queue, 1).getFirst();
    assertThat(sent.getBody().toString()).isEqualTo("[1,2]");
    assertThat(sent.getMessageId()).isEqualTo("m-1");
    assertThat(sent.getCorrelationId()).isEqualTo("c-1");
    assertThat(sent.getReplyTo()).isEqualTo("answers");
    assertThat(sent.getSubject()).isEqualTo("created");
    assertThat(sent.getContentType()).isEqualTo("text/csv");
    assertThat(sent.getSessionId()).isEqualTo("s-1");
    assertThat(sent.getTimeToLive()).isEqualTo(Duration.ofMinutes(5));
    assertThat(sent.getApplicationProperties()).containsEntry("tenant", "north");
  }

  @Test
  void schedulesWhatIsDelayed() throws Exception {
    host.manualClock.step(Duration.between(host.manualClock.now(), java.time.Instant.now()));
    var message =
        new OutgoingBusMessage(
            new Payload.Text("later"),
            Map.of(),
            Map.of(),
            Optional.of(Duration.ofMinutes(5)),
            Optional.empty());

    toQueue().write(new Payload.Native(message), BindingData.EMPTY);

    assertThat(BUS.counts(queue).scheduled()).isEqualTo(1);
  }

  @Test
  void passesTheTraceOn() throws Exception {
    String parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    OutputProvider.Output output = toQueue();

    ScopedValue.where(TraceHeaders.CURRENT, TraceHeaders.of(parent, "v=1"))
        .call(() -> {
          output.write(new Payload.Text("x"), BindingData.EMPTY);
          return true;
        });

    assertThat(receive(queue, 1).getFirst().getApplicationProperties())
        .containsEntry("Diagnostic-Id", parent)
        .containsEntry("traceparent", parent)
        .containsEntry("tracestate", "v=1");
  }

  @Test
  void sendsMoreThanOneBatchHolds() throws Exception {
    String large = "\"" + "x".repeat(60_000) + "\"";
    String array = "[" + String.join(",", java.util.Collections.nCopies(12, large)) + "]";

    toQueue().write(new Payload.Text(array), BindingData.EMPTY);

    assertThat(BUS.counts(queue).active()).isEqualTo(12);
  }

  @Test
  void failsWhenTheQueueIsMissing() throws Exception {
    host.extensions.put(
        "serviceBus",
        JsonNodeFactory.instance
            .objectNode()
            .set("clientRetryOptions", JsonNodeFactory.instance.objectNode().put("maxRetries", 0)));
    binding.put("queueName", "nowhere");
    OutputProvider.Output output = open();

    assertThatThrownBy(() -> output.write(new Payload.Text("x"), BindingData.EMPTY))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("can't send to 'nowhere'");
  }

  @Test
  void refusesAConnectionThatIsNone() {
    host.values.put("Bus", "nonsense");
    binding.put("queueName", "q").put("connection", "Bus");

    assertThatThrownBy(this::open)
        .isInstanceOf(BindingException.class)
        .hasMessageContaining("'Bus' is not a connection string")
        .hasMessageNotContaining("nonsense");
  }

  @Test
  void takesANamespaceForAnIdentity() throws Exception {
    host.values.put("Bus__fullyQualifiedNamespace", "orders.servicebus.windows.net");
    binding.put("queueName", "q").put("connection", "Bus");

    assertThat(open()).isNotNull();
  }

  private static List<String> bodies(List<ServiceBusReceivedMessage> messages) {
    return messages.stream().map(message -> message.getBody().toString()).toList();
  }

  private static List<ServiceBusReceivedMessage> receive(String queue, int count) {
    List<ServiceBusReceivedMessage> all = new ArrayList<>();
    try (ServiceBusReceiverClient receiver =
        new ServiceBusClientBuilder()
            .connectionString(BUS.connectionString())
            .receiver()
            .queueName(queue)
            .buildClient()) {
      for (int i = 0; i < 3 && all.size() < count; i++) {
        receiver
            .receiveMessages(count - all.size(), Duration.ofSeconds(10))
            .forEach(message -> {
              all.add(message);
              receiver.complete(message);
            });
      }
    }
    return all;
  }
}
