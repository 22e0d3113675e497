package dev.roost.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** JSON of requests and responses; bodies that merely look like it are no errors. */
final class Json {
  private Json() {}

  /** Loaded with the first body that looks like JSON: a start has better to do. */
  private static final class Mapper {
    static final ObjectMapper PLAIN =
        // Buffers of a pool: a virtual thread lives for one request, and would keep none for the
        // next.
        JsonMapper.builder(
                JsonFactory.builder()
                    .recyclerPool(JsonRecyclerPools.sharedConcurrentDequePool())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();
    static final ObjectWriter INDENTED = PLAIN.writer(new Indentation());
  }

  /** The object in a body, if it is one. */
  static Optional<ObjectNode> object(byte[] body) {
    if (first(body) != '{') {
      return Optional.empty();
    }
    try {
      return Mapper.PLAIN.readTree(body) instanceof ObjectNode object
          ? Optional.of(object)
          : Optional.empty();
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  /** The object or array that a text is, if it is one. */
  static Optional<JsonNode> container(String text) {
    char first = first(text);
    if (first != '{' && first != '[') {
      return Optional.empty();
    }
    try {
      return Optional.of(Mapper.PLAIN.readTree(text));
    } catch (JsonProcessingException _) {
      return Optional.empty();
    }
  }

  /** As Json.NET writes it with indentation; text and other scalars bare. */
  static String text(JsonNode node) {
    if (!node.isContainerNode()) {
      return node.asText();
    }
    try {
      return Mapper.INDENTED.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("a JSON tree that can't be written", e);
    }
  }

  /** The same in UTF-8. */
  static byte[] bytes(JsonNode node) {
    if (!node.isContainerNode()) {
      return node.asText().getBytes(StandardCharsets.UTF_8);
    }
    try {
      return Mapper.INDENTED.writeValueAsBytes(node);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("a JSON tree that can't be written", e);
    }
  }

  private static int first(byte[] body) {
    for (byte b : body) {
      if (b > ' ' || b < 0) {
        return b;
      }
    }
    return 0;
  }

  private static char first(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > ' ') {
        return text.charAt(i);
      }
    }
    return 0;
  }
}
