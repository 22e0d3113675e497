package dev.roost.servicebus.output;

import com.azure.messaging.servicebus.ServiceBusMessage;
import com.azure.messaging.servicebus.ServiceBusReceivedMessage;
import com.azure.messaging.servicebus.ServiceBusSenderAsyncClient;
import dev.roost.servicebus.namespace.Namespace;
import dev.roost.servicebus.namespace.ServiceBusFault;
import dev.roost.spi.Payload;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import reactor.core.publisher.Mono;

/** Sends messages to the queues and topics of one namespace. Safe for use by many threads. */
public final class BusSender {
  private final Namespace namespace;

  public BusSender(Namespace namespace) {
    this.namespace = namespace;
  }

  /**
   * Sends what a value makes, in order.
   *
   * @param entity a queue or topic
   * @return how many messages that were
   * @throws IOException when the value makes no message, or they could not be sent
   */
  public int send(String entity, Payload value, Instant now) throws IOException {
    List<ServiceBusMessage> messages = OutgoingMessages.of(value, now);
    ServiceBusFault.call(
        "send to '" + entity + "'",
        sending(entity, messages),
        // The SDK tries again by itself; this only ends a call that never ends.
        namespace.tryTimeout().multipliedBy(5));
    return messages.size();
  }

  private Mono<Void> sending(String entity, List<ServiceBusMessage> messages) {
    ServiceBusSenderAsyncClient sender = namespace.sender(entity);
    return switch (messages.size()) {
      case 0 -> Mono.empty();
      case 1 -> sender.sendMessage(messages.getFirst());
      default -> batches(sender, messages, 0);
    };
  }

  /** Fills one batch after the other: the service says how large one may be. */
  private static Mono<Void> batches(
      ServiceBusSenderAsyncClient sender, List<ServiceBusMessage> messages, int from) {
    return sender
        .createMessageBatch()
        .flatMap(batch -> {
          int next = from;
          while (next < messages.size() && batch.tryAddMessage(messages.get(next))) {
            next++;
          }
          if (next == from) {
            return Mono.error(
                new IllegalArgumentException("message " + from + " is larger than allowed"));
          }
          Mono<Void> sent = sender.sendMessages(batch);
          int rest = next;
          return rest == messages.size()
              ? sent
              : sent.then(Mono.defer(() -> batches(sender, messages, rest)));
        });
  }

  /**
   * Answers a message: to its {@code ReplyTo}, in its {@code ReplyToSessionId}, with its {@code
   * CorrelationId}, or else its id, as the correlation id. Does nothing when nobody wants an
   * answer.
   */
  public Mono<Void> answer(ServiceBusReceivedMessage asked, Payload answer, Instant now) {
    Optional<String> entity = Optional.ofNullable(asked.getReplyTo()).filter(to -> !to.isBlank());
    if (entity.isEmpty()) {
      return Mono.empty();
    }
    List<ServiceBusMessage> messages;
    try {
      messages = OutgoingMessages.of(answer, now);
    } catch (IOException e) {
      return Mono.error(e);
    }
    for (ServiceBusMessage message : messages) {
      if (message.getCorrelationId() == null) {
        message.setCorrelationId(
            asked.getCorrelationId() == null
                ? LaterTry.originalId(asked)
                : asked.getCorrelationId());
      }
      if (asked.getReplyToSessionId() != null && message.getSessionId() == null) {
        message.setSessionId(asked.getReplyToSessionId());
      }
    }
    return sending(entity.get(), messages)
        .onErrorMap(e -> ServiceBusFault.of("answer to '" + entity.get() + "'", e));
  }

  /**
   * Enqueues a copy of a message later.
   *
   * @return false when the message would have expired by then, and nothing was sent
   */
  public Mono<Boolean> later(
      String queue, ServiceBusReceivedMessage message, long deliveries, Instant due) {
    Optional<ServiceBusMessage> copy = LaterTry.of(message, deliveries, due);
    return copy.isEmpty()
        ? Mono.just(false)
        : namespace
            .sender(queue)
            .sendMessage(copy.get())
            .thenReturn(true)
            .onErrorMap(e -> ServiceBusFault.of("send to '" + queue + "'", e));
  }
}
