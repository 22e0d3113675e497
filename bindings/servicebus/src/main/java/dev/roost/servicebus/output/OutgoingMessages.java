package dev.roost.servicebus.output;

import com.azure.core.util.BinaryData;
import com.azure.messaging.servicebus.ServiceBusMessage;
import com.fasterxml.jackson.databind.JsonNode;
import dev.roost.spi.MessageTexts;
import dev.roost.spi.OutgoingBusMessage;
import dev.roost.spi.Payload;
import dev.roost.spi.TraceHeaders;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The messages that a value makes. */
final class OutgoingMessages {
  private static final String TEXT = "text/plain";
  private static final String JSON = "application/json";
  private static final String BYTES = "application/octet-stream";

  /** The application property by which Azure's SDKs pass a trace on. */
  private static final String DIAGNOSTIC_ID = "Diagnostic-Id";

  private OutgoingMessages() {}

  /**
   * The messages of a value that left a function, in order, with the trace of the invocation on
   * this thread.
   *
   * @param now for those that are to be enqueued later
   */
  static List<ServiceBusMessage> of(Payload value, Instant now) throws IOException {
    List<ServiceBusMessage> messages = made(value, now);
    messages.forEach(OutgoingMessages::trace);
    return messages;
  }

  private static List<ServiceBusMessage> made(Payload value, Instant now) throws IOException {
    return switch (value) {
      case Payload.Text(String text) -> texts(MessageTexts.of(text));
      case Payload.Json(JsonNode node) -> texts(MessageTexts.of(node));
      case Payload.Bytes(byte[] bytes) -> List.of(bytes(bytes));
      case Payload.Stream(Payload.Stream.Opener opener, long _) -> {
        try (InputStream in = opener.open()) {
          yield List.of(bytes(in.readAllBytes()));
        }
      }
      case Payload.Batch(List<Payload> items) -> {
        List<ServiceBusMessage> all = new ArrayList<>();
        for (Payload item : items) {
          all.addAll(made(item, now));
        }
        yield all;
      }
      case Payload.Native(OutgoingBusMessage message) -> List.of(composed(message, now));
      case Payload.Native(Object object) ->
          throw new IOException("a Service Bus output takes no " + object.getClass().getName());
      case Payload.Broken(String reason) -> throw new IOException(reason);
      case Payload.Empty _ -> List.of();
    };
  }

  private static List<ServiceBusMessage> texts(List<String> texts) {
    return texts.stream().map(OutgoingMessages::text).toList();
  }

  private static ServiceBusMessage text(String text) {
    return new ServiceBusMessage(BinaryData.fromString(text))
        .setContentType(text.startsWith("{") || text.startsWith("[") ? JSON : TEXT);
  }

  private static ServiceBusMessage bytes(byte[] bytes) {
    return new ServiceBusMessage(BinaryData.fromBytes(bytes)).setContentType(BYTES);
  }

  private static ServiceBusMessage composed(OutgoingBusMessage composed, Instant now)
      throws IOException {
    ServiceBusMessage message =
        switch (composed.body()) {
          case Payload.Text(String text) -> text(text);
          case Payload.Json(JsonNode node) -> text(MessageTexts.one(node));
          case Payload.Bytes(byte[] bytes) -> bytes(bytes);
          case Payload.Empty _ -> bytes(new byte[0]);
          default -> throw new IOException("the body of a message is text, bytes or JSON");
        };
    message.getApplicationProperties().putAll(composed.properties());
    // The session's id first: it is the partition key too, and the SDK refuses another.
    composed.envelope().entrySet().stream()
        .sorted(Map.Entry.comparingByKey((a, b) -> b.compareTo(a)))
        .forEach(entry -> write(message, entry.getKey(), entry.getValue()));
    composed.timeToLive().ifPresent(message::setTimeToLive);
    composed
        .delay()
        .filter(Duration::isPositive)
        .ifPresent(
            delay -> message.setScheduledEnqueueTime(now.plus(delay).atOffset(ZoneOffset.UTC)));
    return message;
  }

  private static void write(ServiceBusMessage message, String name, String value) {
    switch (name) {
      case "MessageId" -> message.setMessageId(value);
      case "SessionId" -> message.setSessionId(value);
      case "CorrelationId" -> message.setCorrelationId(value);
      case "ReplyTo" -> message.setReplyTo(value);
      case "ReplyToSessionId" -> message.setReplyToSessionId(value);
      case "Subject" -> message.setSubject(value);
      case "To" -> message.setTo(value);
      case "ContentType" -> message.setContentType(value);
      case "PartitionKey" -> message.setPartitionKey(value);
      default -> throw new IllegalArgumentException("a message has no " + name);
    }
  }

  private static void trace(ServiceBusMessage message) {
    TraceHeaders headers = TraceHeaders.current();
    if (headers.parent().isEmpty()) {
      return;
    }
    Map<String, Object> properties = message.getApplicationProperties();
    properties.putIfAbsent(DIAGNOSTIC_ID, headers.parent());
    properties.putIfAbsent("traceparent", headers.parent());
    if (!headers.state().isEmpty()) {
      properties.putIfAbsent("tracestate", headers.state());
    }
  }
}
