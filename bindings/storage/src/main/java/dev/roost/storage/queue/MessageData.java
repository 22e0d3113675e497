package dev.roost.storage.queue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.roost.spi.BindingData;
import dev.roost.spi.Payload;
import dev.roost.spi.PlainJson;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The binding data of a message: its envelope, and the properties of a body that is JSON. */
final class MessageData {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** As .NET writes a DateTimeOffset into JSON. */
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd'T'HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 7, true)
          .appendOffset("+HH:MM", "+00:00")
          .toFormatter();

  private MessageData() {}

  /** Of a body that was no message. */
  static BindingData of(Payload payload) {
    BindingData.Builder data = BindingData.builder();
    text(payload)
        .ifPresent(body -> {
          data.text("QueueTrigger", body);
          properties(data, body);
        });
    return data.build();
  }

  static BindingData of(LeasedMessage message, Payload payload) {
    BindingData.Builder data = BindingData.builder();
    Optional<String> text = text(payload);
    text.ifPresent(body -> data.text("QueueTrigger", body));
    data.json("DequeueCount", NODES.numberNode(message.dequeueCount()));
    data.text("Id", message.id());
    data.text("PopReceipt", message.popReceipt());
    put(data, "InsertionTime", message.insertedOn());
    put(data, "ExpirationTime", message.expiresOn());
    put(data, "NextVisibleTime", message.nextVisibleOn());
    text.ifPresent(body -> properties(data, body));
    return data.build();
  }

  private static void properties(BindingData.Builder data, String body) {
    if (body.stripLeading().startsWith("{")) {
      merge(data, body);
    }
  }

  /** A time as JSON has it, without its quotes. */
  static Optional<String> time(@Nullable OffsetDateTime time) {
    return Optional.ofNullable(time).map(TIME::format);
  }

  private static void put(BindingData.Builder data, String name, @Nullable OffsetDateTime time) {
    time(time).ifPresent(text -> data.json(name, NODES.textNode(text)));
  }

  private static Optional<String> text(Payload payload) {
    return switch (payload) {
      case Payload.Text(String text) -> Optional.of(text);
      case Payload.Bytes(byte[] bytes) -> MessageEncoding.text(bytes);
      default -> Optional.empty();
    };
  }

  private static void merge(BindingData.Builder data, String body) {
    try {
      data.properties(PlainJson.MAPPER.readTree(body));
    } catch (JsonProcessingException _) {
      // It only looks like JSON: there is nothing to merge.
    }
  }
}
