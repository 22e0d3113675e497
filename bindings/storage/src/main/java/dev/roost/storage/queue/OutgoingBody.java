package dev.roost.storage.queue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roost.spi.MessageTexts;
import dev.roost.spi.OutgoingMessage;
import dev.roost.spi.Payload;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One message made from the value that left a function. Text that is a JSON array, or such a value,
 * makes a message of each element; a JSON object is written anew with indentation of two. Source:
 * functions-host FunctionBinding and Newtonsoft's JToken.ToString.
 */
sealed interface OutgoingBody {

  /** The body as it travels. */
  String wire(MessageEncoding encoding) throws IOException;

  /** Text. */
  record Text(String value) implements OutgoingBody {
    @Override
    public String wire(MessageEncoding encoding) {
      return encoding.encode(value);
    }
  }

  /** Anything else. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Bytes(byte[] value) implements OutgoingBody {
    @Override
    public String wire(MessageEncoding encoding) throws IOException {
      return encoding.encode(value);
    }
  }

  /**
   * A message that the function composed itself.
   *
   * @param body what travels
   * @param message its delay and its time to live
   */
  record Composed(OutgoingBody body, OutgoingMessage message) implements OutgoingBody {
    static Composed of(OutgoingMessage message) throws IOException {
      OutgoingBody body =
          switch (message.body()) {
            case Payload.Text(String text) -> new Text(text);
            case Payload.Json(JsonNode node) -> new Text(MessageTexts.one(node));
            case Payload.Bytes(byte[] bytes) -> new Bytes(bytes);
            default -> throw new IOException("the body of a message is text, bytes or JSON");
          };
      return new Composed(body, message);
    }

    @Override
    public String wire(MessageEncoding encoding) throws IOException {
      return body.wire(encoding);
    }

    @Override
    public @Nullable Duration delay() {
      return message.delay().orElse(null);
    }

    @Override
    public @Nullable Duration timeToLive() {
      return message
          .timeToLive()
          .map(life -> life.isZero() ? QueueWriter.FOR_EVER : life)
          .orElse(null);
    }
  }

  /** How long it is invisible; null for not at all. */
  default @Nullable Duration delay() {
    return null;
  }

  /** How long it lives; null for the service's seven days. */
  default @Nullable Duration timeToLive() {
    return null;
  }

  /** The messages that a value makes, in order. */
  static List<OutgoingBody> of(Payload value) throws IOException {
    return switch (value) {
      case Payload.Text(String text) -> texts(MessageTexts.of(text));
      case Payload.Json(JsonNode node) -> texts(MessageTexts.of(node));
      case Payload.Bytes(byte[] bytes) -> List.of(new Bytes(bytes));
      case Payload.Stream(Payload.Stream.Opener opener, long _) -> {
        try (InputStream in = opener.open()) {
          yield List.of(new Bytes(in.readAllBytes()));
        }
      }
      case Payload.Batch(List<Payload> items) -> {
        List<OutgoingBody> all = new ArrayList<>();
        for (Payload item : items) {
          all.addAll(of(item));
        }
        yield all;
      }
      case Payload.Native(OutgoingMessage message) -> List.of(Composed.of(message));
      case Payload.Native(Object object) ->
          throw new IOException("a queue takes no " + object.getClass().getName());
      case Payload.Broken(String reason) -> throw new IOException(reason);
      case Payload.Empty _ -> List.of();
    };
  }

  private static List<OutgoingBody> texts(List<String> texts) {
    return texts.stream().<OutgoingBody>map(Text::new).toList();
  }
}
