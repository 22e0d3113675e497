package dev.roost.emulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roost.emulator.ServiceBusEmulator;
import dev.roost.spi.BindingDefinition;
import dev.roost.spi.Direction;
import dev.roost.spi.FunctionDefinition;
import dev.roost.testkit.TestHost;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LocalNamespacesTest {
  private final TestHost host = new TestHost();
  private final ObjectNode trigger = JsonNodeFactory.instance.objectNode();
  private final ObjectNode output = JsonNodeFactory.instance.objectNode();

  private List<AutoCloseable> start() {
    FunctionDefinition function =
        new FunctionDefinition(
            "Orders",
            "../app.jar",
            "app.Orders.run",
            List.of(
                new BindingDefinition("in", "serviceBusTrigger", Direction.IN, trigger),
                new BindingDefinition("out", "serviceBus", Direction.OUT, output)),
            Optional.empty());
    return new LocalNamespaces().start(List.of(function), host.settings());
  }

  private static String connection(int port) {
    return "Endpoint=sb://127.0.0.1:%d;SharedAccessKeyName=x;SharedAccessKey=y;UseDevelopmentEmulator=true;"
        .formatted(port);
  }

  private static int freePort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Test
  void startsAnEmulatorWithTheEntitiesThatTheFunctionsName() throws Exception {
    host.values.put("AzureWebJobsServiceBus", connection(freePort()));
    host.values.put("QUEUE", "orders");
    trigger.put("queueName", "%QUEUE%").put("isSessionsEnabled", true);
    output.put("topicName", "events").put("subscriptionName", "audit");

    List<AutoCloseable> started = start();

    assertThat(started).hasSize(1);
    try (ServiceBusEmulator emulator = (ServiceBusEmulator) started.getFirst()) {
      assertThat(emulator.counts("orders").active()).isZero();
      assertThat(emulator.counts("events/subscriptions/audit").active()).isZero();
    }
  }

  @Test
  void leavesAnEmulatorAloneThatAnswersAlready() {
    trigger.put("queueName", "orders");
    try (ServiceBusEmulator running = ServiceBusEmulator.builder().queue("orders").start()) {
      host.values.put("AzureWebJobsServiceBus", connection(running.port()));

      assertThat(start()).isEmpty();
    }
  }

  @Test
  void startsNothingForARealNamespace() {
    host.values.put(
        "AzureWebJobsServiceBus",
        "Endpoint=sb://orders.servicebus.windows.net/;SharedAccessKeyName=x;SharedAccessKey=y");
    trigger.put("queueName", "orders");

    assertThat(start()).isEmpty();
  }
}
