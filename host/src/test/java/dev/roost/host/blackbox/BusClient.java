package dev.roost.host.blackbox;

import com.azure.messaging.servicebus.ServiceBusClientBuilder;
import com.azure.messaging.servicebus.ServiceBusMessage;
import com.azure.messaging.servicebus.ServiceBusReceivedMessage;
import com.azure.messaging.servicebus.ServiceBusReceiverClient;
import com.azure.messaging.servicebus.ServiceBusSenderClient;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The other side of the queues: the unmodified SDK. */
final class BusClient implements AutoCloseable {
  private static final int MOST = 250;

  private final ServiceBusClientBuilder builder;
  private final Map<String, ServiceBusSenderClient> senders = new HashMap<>();

  BusClient(String connection) {
    builder = new ServiceBusClientBuilder().connectionString(connection);
  }

  void send(String queue, String text) {
    send(queue, new ServiceBusMessage(text));
  }

  void sendTo(String queue, String session, String text) {
    send(queue, new ServiceBusMessage(text).setSessionId(session));
  }

  private void send(String queue, ServiceBusMessage message) {
    senders
        .computeIfAbsent(queue, name -> builder.sender().queueName(name).buildClient())
        .sendMessage(message);
  }

  /** What is in a queue, removing nothing: each message's text, in the order in which it came. */
  List<String> texts(String queue) {
    return messages(queue).stream().map(message -> message.getBody().toString()).toList();
  }

  /** What is in a queue, removing nothing: each message's text, and how often it failed. */
  Map<String, Long> failures(String queue) {
    return messages(queue).stream()
        .collect(
            Collectors.toMap(
                message -> message.getBody().toString(),
                ServiceBusReceivedMessage::getDeliveryCount));
  }

  private List<ServiceBusReceivedMessage> messages(String queue) {
    try (ServiceBusReceiverClient receiver = builder.receiver().queueName(queue).buildClient()) {
      List<ServiceBusReceivedMessage> found = new ArrayList<>();
      int before = -1;
      while (found.size() > before) { // a peek goes on where the last one ended
        before = found.size();
        receiver.peekMessages(MOST).forEach(found::add);
      }
      return found;
    }
  }

  @Override
  public void close() {
    senders.values().forEach(ServiceBusSenderClient::close);
  }
}
