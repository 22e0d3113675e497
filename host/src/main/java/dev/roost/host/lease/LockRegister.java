package dev.roost.host.lease;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roost.spi.HostServices;
import dev.roost.spi.PlainJson;
import dev.roost.spi.StateStore;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Who holds which lock and when he renewed it last: one document for all locks of all hosts of an
 * app, written once a renewal round by each holder and read once a wait by each waiter. It decides
 * nothing: a stale or lost document makes waiters ask too early or too late by a lease period, no
 * more. Safe for use by many threads.
 */
final class LockRegister {
  private static final int TRIES = 5;
  private static final Duration FRESH = Duration.ofMillis(500);

  /**
   * One lock in the register.
   *
   * @param holder the host instance that holds it, for people: a restart may bear the same name
   * @param keeper names the life of the process that holds it
   * @param lease the id of the lease
   * @param process the name of the holder's process; empty where there is none
   * @param renewed when the holder renewed it last, by the holder's clock
   * @param period how long it lasts without renewal
   */
  record Entry(
      String holder,
      String keeper,
      String lease,
      String process,
      Instant renewed,
      Duration period) {

    private ObjectNode json() {
      ObjectNode json = JsonNodeFactory.instance.objectNode();
      json.put("holder", holder);
      json.put("keeper", keeper);
      json.put("lease", lease);
      json.put("process", process);
      json.put("renewed", renewed.toString());
      json.put("period", period.toString());
      return json;
    }

    private static Entry parse(JsonNode json) {
      return new Entry(
          json.path("holder").asText(),
          json.path("keeper").asText(),
          json.path("lease").asText(),
          json.path("process").asText(),
          Instant.parse(json.path("renewed").asText()),
          Duration.parse(json.path("period").asText()));
    }
  }

  private final HostServices host;
  private final String path;
  private Map<String, Entry> seen = Map.of();
  private long seenAt;

  LockRegister(HostServices host) {
    this.host = host;
    this.path = "azure-webjobs-hosts/roost/" + host.hostId() + "/locks";
  }

  /** Every lock in the register, by name. */
  synchronized Map<String, Entry> read() throws IOException {
    seen = host.stateStore().read(path).map(LockRegister::entries).orElse(Map.of());
    seenAt = host.clock().nanoTime();
    return seen;
  }

  /** As {@link #read}, or what another waiter has just read: waits end together. */
  synchronized Map<String, Entry> recent() throws IOException {
    return !seen.isEmpty() && host.clock().nanoTime() - seenAt < FRESH.toNanos() ? seen : read();
  }

  /** Replaces what the register says of {@code keeper} by {@code held}. */
  void publish(String keeper, Map<String, Entry> held) throws IOException {
    for (int i = 0; i < TRIES; i++) {
      Optional<StateStore.Document> document = host.stateStore().read(path);
      Map<String, Entry> entries =
          new LinkedHashMap<>(document.map(LockRegister::entries).orElse(Map.of()));
      entries.values().removeIf(entry -> entry.keeper().equals(keeper));
      entries.putAll(held);
      String json = json(entries);
      Optional<String> written =
          document.isPresent()
              ? host.stateStore().replace(path, document.get().etag(), json)
              : host.stateStore().create(path, json);
      if (written.isPresent()) {
        return;
      }
    }
    throw new IOException(path + " is written by others all the time");
  }

  private static String json(Map<String, Entry> entries) {
    ObjectNode locks = JsonNodeFactory.instance.objectNode();
    entries.forEach((lock, entry) -> locks.set(lock, entry.json()));
    return JsonNodeFactory.instance.objectNode().set("locks", locks).toString();
  }

  /** A document that can't be read says nothing; the next holder to publish replaces it. */
  private static Map<String, Entry> entries(StateStore.Document document) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    try {
      PlainJson.MAPPER
          .readTree(document.content())
          .path("locks")
          .properties()
          .forEach(lock -> entries.put(lock.getKey(), Entry.parse(lock.getValue())));
    } catch (JsonProcessingException | DateTimeException _) {
      return Map.of();
    }
    return entries;
  }
}
