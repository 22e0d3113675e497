package dev.roost.timer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roost.spi.PlainJson;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;

/**
 * What the official host remembers of a timer between runs.
 *
 * @param last when the last run began; empty when there was none since the schedule changed
 * @param next the occurrence that is waited for
 * @param lastUpdated when this was reckoned
 */
record ScheduleStatus(Optional<Instant> last, Instant next, Optional<Instant> lastUpdated) {

  /** The status after a run that counts as begun at {@code time}. */
  static ScheduleStatus after(Instant time, Instant next) {
    return new ScheduleStatus(Optional.of(time), next, Optional.of(time));
  }

  /** The status that waits for the first occurrence after {@code base} without a run before it. */
  static ScheduleStatus unrun(Schedule schedule, Instant base) {
    return new ScheduleStatus(Optional.empty(), schedule.nextOrNever(base), Optional.of(base));
  }

  /** What the function is shown: the runs before, and the occurrence being served. */
  ScheduleStatus serving(Occurrence occurrence) {
    return occurrence.reason() == Occurrence.Reason.RUN_ON_STARTUP
        ? this
        : new ScheduleStatus(last, occurrence.scheduled(), lastUpdated);
  }

  /** As JSON, with times in {@code zone}. */
  ObjectNode json(ZoneId zone) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("Last", time(last, zone));
    json.put("Next", DotNetTime.json(next, zone));
    json.put("LastUpdated", time(lastUpdated, zone));
    return json;
  }

  private static String time(Optional<Instant> time, ZoneId zone) {
    return time.map(instant -> DotNetTime.json(instant, zone)).orElse(DotNetTime.NEVER);
  }

  /**
   * Reads the document of the official host or of ours.
   *
   * @throws IllegalArgumentException when it is not one
   */
  static ScheduleStatus parse(String document, ZoneId zone) {
    try {
      JsonNode json = PlainJson.MAPPER.readTree(document);
      return new ScheduleStatus(
          time(json, "Last", zone),
          time(json, "Next", zone).orElse(Instant.EPOCH),
          time(json, "LastUpdated", zone));
    } catch (JsonProcessingException | DateTimeException e) {
      throw new IllegalArgumentException("not a timer status: " + e.getMessage(), e);
    }
  }

  private static Optional<Instant> time(JsonNode json, String name, ZoneId zone) {
    return json.properties().stream()
        .filter(property -> property.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .filter(JsonNode::isTextual)
        .findFirst()
        .flatMap(value -> DotNetTime.parse(value.textValue(), zone));
  }
}
