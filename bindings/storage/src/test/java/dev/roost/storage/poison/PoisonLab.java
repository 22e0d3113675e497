package dev.roost.storage.poison;

import com.azure.core.util.Context;
import com.azure.storage.queue.QueueClient;
import com.azure.storage.queue.QueueMessageEncoding;
import com.azure.storage.queue.QueueServiceClient;
import com.azure.storage.queue.QueueServiceClientBuilder;
import com.azure.storage.queue.models.QueueMessageItem;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roost.spi.BindingContext;
import dev.roost.spi.BindingDefinition;
import dev.roost.spi.Delivery;
import dev.roost.spi.Direction;
import dev.roost.spi.FunctionDefinition;
import dev.roost.spi.HostServices;
import dev.roost.spi.Outcome;
import dev.roost.spi.Problem;
import dev.roost.spi.ReadApp;
import dev.roost.spi.Source;
import dev.roost.storage.account.BlobStores;
import dev.roost.storage.queue.QueueTrigger;
import dev.roost.testkit.Azurite;
import dev.roost.testkit.RealTime;
import dev.roost.testkit.TestHost;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import picocli.CommandLine;

/** An app with functions on the shared Azurite, and the command line that its poison is seen by. */
final class PoisonLab {
  final TestHost host = new TestHost();
  final RealTime time = new RealTime();
  final String queue = "desk-" + UUID.randomUUID();
  final List<FunctionDefinition> functions = new ArrayList<>();
  private final QueueServiceClient sdk =
      new QueueServiceClientBuilder()
          .connectionString(Azurite.shared().connectionString())
          .messageEncoding(QueueMessageEncoding.NONE)
          .buildClient();

  PoisonLab() {
    host.values.put("AzureWebJobsStorage", Azurite.shared().connectionString());
    host.hostId = "h" + UUID.randomUUID().toString().substring(0, 8);
    host.clock = time;
    host.waiter = time;
    host.stateStore = new BlobStores().state(host);
    function("Orders", "queueTrigger", "queueName", queue);
  }

  void function(String name, String type, String... properties) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    for (int i = 0; i < properties.length; i += 2) {
      node.put(properties[i], properties[i + 1]);
    }
    functions.add(
        new FunctionDefinition(
            name,
            "../app.jar",
            "app.Functions." + name,
            List.of(new BindingDefinition("in", type, Direction.IN, node)),
            Optional.empty()));
  }

  /** The source of the function Orders. */
  Source.Pull orders() throws Exception {
    FunctionDefinition function = functions.getFirst();
    return (Source.Pull)
        new QueueTrigger().open(new BindingContext(function, function.trigger(), host));
  }

  /** Fails each of these messages until it is poison. */
  void makePoison(Throwable why, String... bodies) throws Exception {
    host.functionSettings.put("Orders", JsonNodeFactory.instance.objectNode());
    host.functionSettings.get("Orders").put("maxDequeueCount", 2);
    for (String body : bodies) {
      queue(queue).sendMessage(wire(body));
    }
    Source.Pull source = orders();
    for (int runs = 0; runs < bodies.length * 2; ) {
      for (Delivery delivery : source.poll(32)) {
        delivery.invoked("run-" + ++runs);
        delivery.settle(new Outcome.Failed(why));
      }
    }
  }

  QueueClient queue(String name) {
    QueueClient client = sdk.getQueueClient(name);
    client.createIfNotExists();
    return client;
  }

  QueueClient poisonQueue() {
    return queue(queue + "-poison");
  }

  /** As the official host leaves poison: a body and nothing beside it. */
  void strangersPoison(int count) {
    QueueClient poison = poisonQueue();
    for (int i = 0; i < count; i++) {
      poison.sendMessage(wire("stranger " + i));
    }
  }

  static String wire(String body) {
    return Base64.getEncoder().encodeToString(body.getBytes(StandardCharsets.UTF_8));
  }

  static String body(QueueMessageItem item) {
    return new String(
        Base64.getDecoder().decode(item.getBody().toString()), StandardCharsets.UTF_8);
  }

  /** What another reader gets now; it keeps it for a minute. */
  static List<QueueMessageItem> visible(QueueClient client) {
    List<QueueMessageItem> all = new ArrayList<>();
    List<QueueMessageItem> page = page(client);
    while (!page.isEmpty()) {
      all.addAll(page);
      page = page(client);
    }
    return all;
  }

  private static List<QueueMessageItem> page(QueueClient client) {
    return client.receiveMessages(32, Duration.ofMinutes(1), null, Context.NONE).stream().toList();
  }

  static long count(QueueClient client) {
    return client.getProperties().getApproximateMessagesCountLong();
  }

  /** What a command printed, and its exit code. */
  record Answer(int exit, String out, String err) {
    JsonNode json() throws Exception {
      return JsonMapper.builder().build().readTree(out);
    }
  }

  /** {@code roost poison …}. */
  Answer poison(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exit =
        new CommandLine(new PoisonCommand(_ -> new App(functions, host)))
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(args);
    return new Answer(exit, out.toString(), err.toString());
  }

  private record App(List<FunctionDefinition> functions, HostServices host) implements ReadApp {
    @Override
    public List<Problem> problems() {
      return List.of();
    }

    @Override
    public void close() {}
  }

  void close() throws Exception {
    time.close();
    host.closeShared();
  }
}
