package dev.roost.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.messaging.servicebus.ServiceBusClientBuilder;
import com.azure.messaging.servicebus.ServiceBusMessage;
import com.azure.messaging.servicebus.ServiceBusReceivedMessage;
import com.azure.messaging.servicebus.ServiceBusReceiverClient;
import com.azure.messaging.servicebus.ServiceBusSenderClient;
import dev.roost.emulator.junit.ServiceBusEmulatorExtension;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FirstMessageTest {
  @RegisterExtension
  static final ServiceBusEmulatorExtension SERVICE_BUS =
      new ServiceBusEmulatorExtension().queue("orders").topic("events", "audit");

  @Test
  void comesOutAsItWentIn() {
    try (ServiceBusSenderClient sender =
            new ServiceBusClientBuilder()
                .connectionString(SERVICE_BUS.connectionString())
                .sender()
                .queueName("orders")
                .buildClient();
        ServiceBusReceiverClient receiver =
            new ServiceBusClientBuilder()
                .connectionString(SERVICE_BUS.connectionString())
                .receiver()
                .queueName("orders")
                .buildClient()) {
      sender.sendMessages(
          IntStream.range(0, 10).mapToObj(i -> new ServiceBusMessage("m" + i)).toList());
      List<ServiceBusReceivedMessage> got =
          receiver.receiveMessages(10, Duration.ofSeconds(10)).stream().toList();
      assertThat(got).hasSize(10);
      assertThat(SERVICE_BUS.emulator().counts("orders").locked()).isEqualTo(10);
      got.forEach(receiver::complete);
      SERVICE_BUS.emulator().awaitIdle(Duration.ofSeconds(5));
      assertThat(SERVICE_BUS.emulator().counts("orders").locked()).isZero();
    }
  }
}
