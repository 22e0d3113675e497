package dev.roost.storage.blob;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roost.spi.HostServices;
import dev.roost.spi.PlainJson;
import dev.roost.spi.StateStore;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Positions as documents: the official {@code scanInfo}, which Azure's host goes on from, and
 * beside it what that one does not know, the functions that were seen.
 */
final class ScanInfo implements Position.Store {

  private final StateStore store;
  private final String instanceId;
  private final String official;
  private final String own;

  ScanInfo(HostServices host, String account, String container) {
    String folder =
        "azure-webjobs-hosts/blobscaninfo/" + host.hostId() + "/" + account + "/" + container + "/";
    this.store = host.stateStore();
    this.instanceId = host.instanceId();
    this.official = folder + "scanInfo";
    this.own = folder + "functions.json";
  }

  @Override
  public Position load() throws IOException {
    Map<String, Position.Registration> functions = new HashMap<>();
    JsonNode ours = read(own);
    ours.path("functions")
        .properties()
        .forEach(entry -> functions.put(entry.getKey(), registration(entry.getValue())));
    Optional<Instant> scanned = instant(read(official).path("LatestScan"));
    return new Position(
        scanned.orElse(Instant.EPOCH), functions, lastSweep(ours.path("lastSweep")));
  }

  private static Optional<Position.LastSweep> lastSweep(JsonNode json) {
    Optional<Instant> start = instant(json.path("start"));
    Optional<Instant> end = instant(json.path("end"));
    return start.isEmpty() || end.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Position.LastSweep(start.get(), end.get(), json.path("instance").asText()));
  }

  /** A document that is not JSON counts as none: everything is looked at once more. */
  private JsonNode read(String path) throws IOException {
    Optional<StateStore.Document> document = store.read(path);
    try {
      return PlainJson.MAPPER.readTree(document.map(StateStore.Document::content).orElse("{}"));
    } catch (JsonProcessingException _) {
      return PlainJson.MAPPER.createObjectNode();
    }
  }

  private static Position.Registration registration(JsonNode json) {
    return new Position.Registration(
        json.path("path").asText(),
        json.path("startFrom").asText(),
        instant(json.path("from")),
        json.path("begun").asBoolean());
  }

  private static Optional<Instant> instant(JsonNode json) {
    try {
      return json.isTextual()
          ? Optional.of(OffsetDateTime.parse(json.textValue()).toInstant())
          : Optional.empty();
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  @Override
  public void save(Position position) throws IOException {
    ObjectNode functions = PlainJson.MAPPER.createObjectNode();
    position
        .functions()
        .forEach((id, registration) -> {
          ObjectNode json =
              functions
                  .putObject(id)
                  .put("path", registration.path())
                  .put("startFrom", registration.start())
                  .put("begun", registration.begun());
          registration.from().ifPresent(from -> json.put("from", from.toString()));
        });
    ObjectNode document = PlainJson.MAPPER.createObjectNode();
    document.set("functions", functions);
    position
        .lastSweep()
        .ifPresent(sweep ->
            document
                .putObject("lastSweep")
                .put("start", sweep.start().toString())
                .put("end", sweep.end().toString())
                .put("instance", sweep.instance().isEmpty() ? instanceId : sweep.instance()));
    store.write(own, document.toString());
    if (position.scanned().isAfter(Instant.EPOCH)) {
      ObjectNode scanned =
          PlainJson.MAPPER.createObjectNode().put("LatestScan", position.scanned().toString());
      store.write(official, scanned.toString());
    }
  }
}
