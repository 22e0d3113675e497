package dev.roost.servicebus.trigger;

import com.azure.messaging.servicebus.ServiceBusReceivedMessage;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roost.servicebus.output.LaterTry;
import dev.roost.spi.BindingData;
import dev.roost.spi.Payload;
import dev.roost.spi.PlainJson;
import dev.roost.spi.SessionDocument;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The binding data of messages. Source of the names: ServiceBusTriggerBindingStrategy of the
 * WebJobs extension.
 */
final class MessageFields {
  /** The message itself, for parameters that are made of it. */
  static final String RAW = "ServiceBusReceivedMessage";

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private MessageFields() {}

  /** Of a message that is delivered alone; a JSON object adds its properties. */
  static BindingData of(LockedMessage message, Payload payload, Optional<SessionDocument> state) {
    BindingData.Builder data = BindingData.builder();
    fields(message)
        .forEach((name, value) -> {
          if (isText(name) && value.isTextual()) {
            data.text(name, value.textValue());
          } else {
            data.json(name, value);
          }
        });
    data.object(RAW, message);
    state.ifPresent(document -> data.object(SessionDocument.NAME, document));
    body(data, payload);
    return data.build();
  }

  /** Of a message that nobody sent. */
  static BindingData of(Payload payload) {
    BindingData.Builder data = BindingData.builder();
    body(data, payload);
    return data.build();
  }

  private static void body(BindingData.Builder data, Payload payload) {
    if (payload instanceof Payload.Text(String text) && text.stripLeading().startsWith("{")) {
      try {
        data.properties(PlainJson.MAPPER.readTree(text));
      } catch (JsonProcessingException _) {
        // It only looks like JSON: there is nothing to merge.
      }
    }
  }

  /** Of a batch: the names of a single message with {@code Array} behind them. */
  static BindingData of(List<LockedMessage> messages, Optional<SessionDocument> state) {
    Map<String, ArrayNode> arrays = new LinkedHashMap<>();
    for (LockedMessage message : messages) {
      fields(message)
          .forEach((name, value) ->
              arrays.computeIfAbsent(name, _ -> NODES.arrayNode(messages.size())).add(value));
    }
    BindingData.Builder data = BindingData.builder();
    arrays.forEach((name, array) -> data.json(name + "Array", array));
    state.ifPresent(document -> data.object(SessionDocument.NAME, document));
    return data.build();
  }

  /**
   * Times are JSON strings, quotes included, as .NET writes them; everything else is plain text.
   */
  private static boolean isText(String name) {
    return !name.startsWith("ExpiresAt") && !name.startsWith("EnqueuedTime");
  }

  private static Map<String, JsonNode> fields(LockedMessage locked) {
    ServiceBusReceivedMessage message = locked.raw();
    Map<String, JsonNode> fields = new LinkedHashMap<>();
    fields.put("DeliveryCount", NODES.numberNode(locked.deliveries()));
    fields.put("DeadLetterSource", text(message.getDeadLetterSource()));
    fields.put("LockToken", text(message.getLockToken()));
    OffsetDateTime expires = LaterTry.expires(message).orElse(null);
    fields.put("ExpiresAtUtc", time(expires, Times.UTC));
    fields.put("ExpiresAt", time(expires, Times.OFFSET));
    fields.put("EnqueuedTimeUtc", time(message.getEnqueuedTime(), Times.UTC));
    fields.put("EnqueuedTime", time(message.getEnqueuedTime(), Times.OFFSET));
    fields.put("MessageId", text(locked.id()));
    fields.put("ContentType", text(message.getContentType()));
    fields.put("ReplyTo", text(message.getReplyTo()));
    fields.put("SequenceNumber", NODES.numberNode(message.getSequenceNumber()));
    fields.put("To", text(message.getTo()));
    fields.put("Subject", text(message.getSubject()));
    fields.put("Label", text(message.getSubject()));
    fields.put("CorrelationId", text(message.getCorrelationId()));
    JsonNode properties = properties(message.getApplicationProperties());
    fields.put("ApplicationProperties", properties);
    fields.put("UserProperties", properties);
    fields.put("SessionId", text(message.getSessionId()));
    fields.put("ReplyToSessionId", text(message.getReplyToSessionId()));
    fields.put("PartitionKey", text(message.getPartitionKey()));
    return fields;
  }

  private static JsonNode text(@Nullable String text) {
    return text == null ? NODES.nullNode() : NODES.textNode(text);
  }

  private static JsonNode time(@Nullable OffsetDateTime time, DateTimeFormatter form) {
    return time == null
        ? NODES.nullNode()
        : NODES.textNode(form.format(time.withOffsetSameInstant(ZoneOffset.UTC)));
  }

  private static ObjectNode properties(Map<String, Object> properties) {
    ObjectNode node = NODES.objectNode();
    new TreeMap<>(properties).forEach((name, value) -> node.set(name, property(value)));
    return node;
  }

  private static JsonNode property(@Nullable Object value) {
    return switch (value) {
      case null -> NODES.nullNode();
      case Boolean flag -> NODES.booleanNode(flag);
      case Integer number -> NODES.numberNode(number);
      case Long number -> NODES.numberNode(number);
      case Short number -> NODES.numberNode(number);
      case Byte number -> NODES.numberNode(number);
      case Double number -> NODES.numberNode(number);
      case Float number -> NODES.numberNode(number);
      case BigDecimal number -> NODES.numberNode(number);
      case BigInteger number -> NODES.numberNode(number);
      case byte[] bytes -> NODES.binaryNode(bytes);
      case OffsetDateTime time -> time(time, Times.OFFSET);
      case Date date -> time(date.toInstant().atOffset(ZoneOffset.UTC), Times.UTC);
      default -> NODES.textNode(value.toString());
    };
  }

  /** How .NET writes times into JSON. */
  private static final class Times {
    /** A DateTime. */
    static final DateTimeFormatter UTC = form().appendLiteral('Z').toFormatter();

    /** A DateTimeOffset. */
    static final DateTimeFormatter OFFSET = form().appendOffset("+HH:MM", "+00:00").toFormatter();

    private static DateTimeFormatterBuilder form() {
      return new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd'T'HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 7, true);
    }
  }
}
