package dev.roost.host.invoke;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.microsoft.azure.functions.HttpResponseMessage;
import dev.roost.annotations.BatchResult;
import dev.roost.annotations.BlobContent;
import dev.roost.annotations.BusMessage;
import dev.roost.annotations.QueueMessage;
import dev.roost.spi.OutgoingBlob;
import dev.roost.spi.OutgoingBusMessage;
import dev.roost.spi.OutgoingMessage;
import dev.roost.spi.Payload;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Turns the values that leave a function into payloads. The kind follows the value's own class, as
 * in the official worker: text, bytes, whole numbers, floating-point numbers, and JSON for the
 * rest.
 */
final class Values {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private Values() {}

  /**
   * The payload of a value; {@link Payload#EMPTY} for null and an empty Optional.
   *
   * @throws RuntimeException when Gson can't write it
   */
  static Payload payload(@Nullable Object value) {
    return switch (value) {
      case null -> Payload.EMPTY;
      case String text -> new Payload.Text(text);
      case byte[] bytes -> new Payload.Bytes(bytes);
      case Integer number -> new Payload.Json(NODES.numberNode(number.intValue()));
      case Short number -> new Payload.Json(NODES.numberNode(number.intValue()));
      case Byte number -> new Payload.Json(NODES.numberNode(number.intValue()));
      case Long number -> new Payload.Json(NODES.numberNode(number.longValue()));
      case Double number -> new Payload.Json(NODES.numberNode(number.doubleValue()));
      case Float number -> new Payload.Json(NODES.numberNode(number.doubleValue()));
      case Optional<?> optional when optional.isEmpty() -> Payload.EMPTY;
      case InputStream stream -> new Payload.Stream(() -> stream, -1);
      case Flow.Publisher<?> items -> new Payload.Stream(() -> Published.open(items), -1);
      case HttpResponseMessage message -> ResponseMessage.payload(message);
      case QueueMessage message -> message(message);
      case BusMessage message -> message(message);
      case BusMessage[] messages -> messages(Arrays.asList(messages));
      case QueueMessage[] messages -> messages(Arrays.asList(messages));
      case Collection<?> items when allMessages(items) -> messages(items);
      case BlobContent content -> blob(content);
      case BatchResult _ -> Payload.EMPTY; // it is for the source of the batch
      default -> json(value);
    };
  }

  private static Payload message(QueueMessage message) {
    return new Payload.Native(
        new OutgoingMessage(payload(message.body()), message.delay(), message.timeToLive()));
  }

  private static Payload message(BusMessage message) {
    return new Payload.Native(
        new OutgoingBusMessage(
            payload(message.body()),
            message.envelope(),
            message.properties(),
            message.delay(),
            message.timeToLive()));
  }

  private static Payload blob(BlobContent content) {
    return new Payload.Native(
        new OutgoingBlob(payload(content.body()), content.contentType(), content.metadata()));
  }

  private static Payload messages(Collection<?> messages) {
    return new Payload.Batch(messages.stream().map(Values::payload).toList());
  }

  private static boolean allMessages(Collection<?> items) {
    return !items.isEmpty()
        && items.stream()
            .allMatch(item -> item instanceof QueueMessage || item instanceof BusMessage);
  }

  private static Payload json(Object value) {
    TreeWriter tree = new TreeWriter();
    UserJson.GSON.toJson(value, value.getClass(), tree);
    return tree.tree() instanceof NullNode ? Payload.EMPTY : new Payload.Json(tree.tree());
  }
}
