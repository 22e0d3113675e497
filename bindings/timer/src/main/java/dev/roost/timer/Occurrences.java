package dev.roost.timer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roost.spi.PlainJson;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Our own document beside the official status: who runs the timer, what it waits for, and its
 * latest runs. It is only ever replaced under its ETag, so that nobody overwrites what he has not
 * seen.
 *
 * @param generation counts the terms of all hosts: who sees a higher one than his own is out
 * @param owner the host instance of that term
 * @param status what is waited for; also kept where the official rule keeps no status
 * @param runs the latest, oldest first
 */
record Occurrences(long generation, String owner, Optional<ScheduleStatus> status, List<Run> runs) {

  /** How many runs are remembered. */
  static final int HISTORY = 50;

  static final Occurrences NONE = new Occurrences(0, "", Optional.empty(), List.of());

  Occurrences {
    runs = List.copyOf(runs.subList(Math.max(0, runs.size() - HISTORY), runs.size()));
  }

  /** The next term. */
  Occurrences term(String newOwner, ScheduleStatus waitedFor) {
    return new Occurrences(generation + 1, newOwner, Optional.of(waitedFor), runs);
  }

  /** The entry of an occurrence. */
  Optional<Run> run(Occurrence occurrence) {
    return runs.stream().filter(run -> run.of(occurrence)).findFirst();
  }

  /** With {@code run} as the entry of the occurrence, at the end. */
  Occurrences with(Occurrence occurrence, Run run) {
    List<Run> changed = new ArrayList<>(without(occurrence).runs);
    changed.add(run);
    return new Occurrences(generation, owner, status, changed);
  }

  /** Without an entry of the occurrence. */
  Occurrences without(Occurrence occurrence) {
    return new Occurrences(
        generation, owner, status, runs.stream().filter(run -> !run.of(occurrence)).toList());
  }

  /** Waiting for something else. */
  Occurrences waitingFor(ScheduleStatus changed) {
    return new Occurrences(generation, owner, Optional.of(changed), runs);
  }

  /** As JSON, the status with times in {@code zone}. */
  String json(ZoneId zone) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("generation", generation);
    json.put("owner", owner);
    status.ifPresent(waited -> json.set("status", waited.json(zone)));
    ArrayNode list = json.putArray("runs");
    runs.forEach(run -> list.add(run.json()));
    return json.toString();
  }

  /**
   * Reads the document.
   *
   * @throws IllegalArgumentException when it is not one
   */
  static Occurrences parse(String document, ZoneId zone) {
    try {
      JsonNode json = PlainJson.MAPPER.readTree(document);
      List<Run> runs = new ArrayList<>();
      json.path("runs").forEach(run -> runs.add(Run.parse(run)));
      return new Occurrences(
          json.path("generation").asLong(),
          json.path("owner").asText(),
          Optional.of(json.path("status"))
              .filter(JsonNode::isObject)
              .map(status -> ScheduleStatus.parse(status.toString(), zone)),
          runs);
    } catch (JsonProcessingException | DateTimeException e) {
      throw new IllegalArgumentException("not a timer's occurrences: " + e.getMessage(), e);
    }
  }
}
