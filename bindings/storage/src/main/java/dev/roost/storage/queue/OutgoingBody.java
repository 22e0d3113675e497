package dev.roost.storage.queue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.roost.spi.OutgoingMessage;
import dev.roost.spi.Payload;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
            case Payload.Json(JsonNode node) -> new Text(Json.text(node));
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
      case Payload.Text(String text) ->
          Json.parse(text).map(Json::messages).orElseGet(() -> List.of(new Text(text)));
      case Payload.Json(JsonNode node) -> Json.messages(node);
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

  /** JSON as the official host reads and writes it on this way. */
  final class Json {
    private static final JsonMapper MAPPER =
        JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final ObjectWriter INDENTED = MAPPER.writer(printer());

    private Json() {}

    /** The JSON object or array that the text is; empty for any other text. */
    static Optional<JsonNode> parse(String text) {
      String trimmed = text.strip();
      boolean looksLikeJson =
          (trimmed.startsWith("{") && trimmed.endsWith("}"))
              || (trimmed.startsWith("[") && trimmed.endsWith("]"));
      if (!looksLikeJson) {
        return Optional.empty();
      }
      try {
        return Optional.of(MAPPER.readTree(trimmed));
      } catch (JsonProcessingException _) {
        return Optional.empty();
      }
    }

    static List<OutgoingBody> messages(JsonNode node) {
      if (!node.isArray()) {
        return node.isNull() ? List.of() : List.of(new Text(text(node)));
      }
      List<OutgoingBody> each = new ArrayList<>();
      for (JsonNode element : node) {
        if (!element.isNull()) {
          each.add(new Text(text(element)));
        }
      }
      return each;
    }

    private static String text(JsonNode node) {
      if (node.isValueNode()) {
        return node.asText();
      }
      try {
        return INDENTED.writeValueAsString(node);
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("a JSON tree can always be written", e);
      }
    }

    private static DefaultPrettyPrinter printer() {
      var indenter = new DefaultIndenter("  ", "\n");
      return new DefaultPrettyPrinter(
              Separators.createDefaultInstance()
                  .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                  .withObjectEmptySeparator("")
                  .withArrayEmptySeparator(""))
          .withObjectIndenter(indenter)
          .withArrayIndenter(indenter);
    }
  }
}
