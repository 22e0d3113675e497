package dev.roost.timer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.roost.spi.PlainJson;
import dev.roost.spi.StateStore;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * Which occurrence a webhook was told of last, and by which host: written before the webhook is
 * told, so that of many hosts that notice a missed occurrence one tells it.
 *
 * @param name that of who looks, among all who ever do: instances may bear the same name
 */
record MissedNotice(Timer timer, String name) {
  private static final int TRIES = 5;

  /**
   * What stands in the document.
   *
   * @param scheduled the missed occurrence
   * @param name of who tells of it
   */
  private record Told(Instant scheduled, String name) {
    static Told parse(StateStore.Document document) {
      try {
        JsonNode json = PlainJson.MAPPER.readTree(document.content());
        return new Told(Instant.parse(json.path("scheduled").asText()), json.path("name").asText());
      } catch (JsonProcessingException | DateTimeException _) {
        return new Told(Instant.EPOCH, "");
      }
    }

    String json(String instance) {
      return JsonNodeFactory.instance
          .objectNode()
          .put("scheduled", scheduled.toString())
          .put("name", name)
          .put("instance", instance)
          .toString();
    }
  }

  /** True for the one host that is to tell of a missed occurrence. */
  boolean isOurs(Instant missed) {
    StateStore store = timer.host().stateStore();
    String path = timer.path("missed");
    Told ours = new Told(missed, name);
    String json = ours.json(timer.host().instanceId());
    try {
      for (int i = 0; i < TRIES; i++) {
        Optional<StateStore.Document> document = store.read(path);
        Optional<Told> told = document.map(Told::parse);
        if (told.filter(last -> !missed.isAfter(last.scheduled())).isPresent()) {
          // Our own word stands there when the answer to its writing was lost.
          return told.equals(Optional.of(ours));
        }
        Optional<String> written =
            document.isPresent()
                ? store.replace(path, document.get().etag(), json)
                : store.create(path, json);
        if (written.isPresent()) {
          return true;
        }
      }
      return false;
    } catch (IOException _) {
      // Without storage nobody runs it and nobody else may know: rather told twice than not at all.
      return true;
    }
  }
}
