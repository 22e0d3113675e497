package dev.roost.host.pause;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roost.host.config.Json;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** The shared document: {@code {"pauses": {"Orders": {"until": "…", "reason": "…"}}}}. */
final class PauseDocument {
  private PauseDocument() {}

  /** The pauses that last beyond {@code now}, by the function's name in any case. */
  static Map<String, Pause> read(String text, Instant now) throws IOException {
    Map<String, Pause> pauses = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    try {
      Json.read(text)
          .path("pauses")
          .properties()
          .forEach(entry -> {
            Instant until = Instant.parse(entry.getValue().path("until").asText());
            if (until.isAfter(now)) {
              String reason = entry.getValue().path("reason").asText("");
              pauses.put(entry.getKey(), new Pause(entry.getKey(), until, reason));
            }
          });
      return pauses;
    } catch (JsonProcessingException | DateTimeException e) {
      throw new IOException("the document of pauses can't be read: delete it", e);
    }
  }

  static String write(Map<String, Pause> pauses) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    ObjectNode all = root.putObject("pauses");
    pauses
        .values()
        .forEach(pause ->
            all.putObject(pause.function())
                .put("until", pause.until().toString())
                .put("reason", pause.reason()));
    return root.toPrettyString();
  }
}
