package dev.roost.storage.poison;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roost.spi.PlainJson;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * Why a message is poison, as the host that poisoned it wrote beside it.
 *
 * @param json the whole record
 */
record PoisonRecord(ObjectNode json) {

  /** Reads a record; empty when the text is none. */
  static Optional<PoisonRecord> parse(String text) {
    try {
      return PlainJson.MAPPER.readTree(text) instanceof ObjectNode object
          ? Optional.of(new PoisonRecord(object))
          : Optional.empty();
    } catch (JsonProcessingException _) {
      return Optional.empty();
    }
  }

  Optional<String> function() {
    return text("function");
  }

  String reason() {
    return text("reason").orElse("");
  }

  long dequeueCount() {
    return json.path("dequeueCount").asLong();
  }

  /** The failed attempts that were noted, the first one first. */
  List<JsonNode> attempts() {
    return StreamSupport.stream(json.path("attempts").spliterator(), false).toList();
  }

  /** The last attempt's exception; empty when no attempt was ever settled. */
  Optional<String> exception() {
    List<JsonNode> attempts = attempts();
    JsonNode last = attempts.isEmpty() ? MissingNode.getInstance() : attempts.getLast();
    return Optional.of(last.path("exception").asText()).filter(text -> !text.isEmpty());
  }

  Optional<String> text(String key) {
    return Optional.of(json.path(key).asText()).filter(text -> !text.isEmpty());
  }
}
