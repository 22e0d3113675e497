package dev.roost.storage.queue;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.storage.queue.QueueClient;
import com.azure.storage.queue.QueueMessageEncoding;
import com.azure.storage.queue.QueueServiceClient;
import com.azure.storage.queue.QueueServiceClientBuilder;
import com.azure.storage.queue.models.QueueMessageItem;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roost.spi.BindingContext;
import dev.roost.spi.BindingData;
import dev.roost.spi.BindingDefinition;
import dev.roost.spi.BindingException;
import dev.roost.spi.Delivery;
import dev.roost.spi.Direction;
import dev.roost.spi.FunctionDefinition;
import dev.roost.spi.RetryPolicy;
import dev.roost.spi.Source;
import dev.roost.testkit.Await;
import dev.roost.testkit.Azurite;
import dev.roost.testkit.TestHost;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A queue of its own on the shared Azurite, seen by the plain SDK and by our source. */
final class QueueLab {
  static final Duration LIMIT = Duration.ofSeconds(30);

  final TestHost host = new TestHost();
  final String name = "lab-" + UUID.randomUUID();
  final ObjectNode trigger = JsonNodeFactory.instance.objectNode();
  Optional<RetryPolicy> retry = Optional.empty();
  private final QueueServiceClient sdk =
      new QueueServiceClientBuilder()
          .connectionString(Azurite.shared().connectionString())
          .messageEncoding(QueueMessageEncoding.NONE)
          .buildClient();

  QueueLab() {
    host.values.put("AzureWebJobsStorage", Azurite.shared().connectionString());
    trigger.put("queueName", name);
    host.functionSettings.put("Orders", JsonNodeFactory.instance.objectNode());
  }

  /** Our own settings of the function. */
  ObjectNode settings() {
    return host.functionSettings.get("Orders");
  }

  QueueClient queue(String queueName) {
    return sdk.getQueueClient(queueName);
  }

  /** The queue itself, created. */
  QueueClient queue() {
    QueueClient client = queue(name);
    client.createIfNotExists();
    return client;
  }

  QueueClient poison() {
    return queue(name + "-poison");
  }

  void send(String text) {
    queue().sendMessage(base64(text));
  }

  static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  static String text(QueueMessageItem item) {
    String wire = item.getBody() == null ? "" : item.getBody().toString();
    return new String(Base64.getDecoder().decode(wire), StandardCharsets.UTF_8);
  }

  BindingContext context() {
    var binding = new BindingDefinition("msg", "queueTrigger", Direction.IN, trigger);
    return new BindingContext(
        new FunctionDefinition("Orders", "../app.jar", "app.Orders.run", List.of(binding), retry),
        binding,
        host);
  }

  /** No binding data. */
  BindingData data() {
    return BindingData.EMPTY;
  }

  Source.Pull open() throws BindingException {
    return (Source.Pull) new QueueTrigger().open(context());
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

  /** All messages visible now, in a client of its own that hides them for a minute. */
  static List<QueueMessageItem> drain(QueueClient client) {
    List<QueueMessageItem> all = new ArrayList<>();
    List<QueueMessageItem> page = receive(client);
    while (!page.isEmpty()) {
      all.addAll(page);
      page = receive(client);
    }
    return all;
  }

  private static List<QueueMessageItem> receive(QueueClient client) {
    return client.receiveMessages(32, Duration.ofMinutes(1), null, null).stream().toList();
  }

  /** Messages in the queue, invisible ones included. */
  static long count(QueueClient client) {
    return client.getProperties().getApproximateMessagesCountLong();
  }
}
