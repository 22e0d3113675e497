package dev.roost.timer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roost.spi.Outcome;
import java.time.Instant;
import java.util.Optional;

/**
 * One entry of a timer's history: an occurrence that was claimed or skipped.
 *
 * @param scheduled the occurrence
 * @param reason why it ran
 * @param owner the host instance that claimed it
 * @param generation the term in which it was claimed
 * @param claimed when it was claimed, which may be before its instant
 * @param begun when it began; empty until it has ended, and when it never began
 * @param ended when it ended; empty while it runs, or for ever when its host died
 * @param ending how it ended; empty while it runs
 */
record Run(
    Instant scheduled,
    Occurrence.Reason reason,
    String owner,
    long generation,
    Instant claimed,
    Optional<Instant> begun,
    Optional<Instant> ended,
    String ending) {

  /** An occurrence that its owner is about to run. */
  static Run claimed(Occurrence occurrence, String owner, long generation, Instant now) {
    return new Run(
        occurrence.scheduled(),
        occurrence.reason(),
        owner,
        generation,
        now,
        Optional.empty(),
        Optional.empty(),
        "");
  }

  /**
   * How an occurrence ended.
   *
   * @param how {@code Succeeded}, {@code Failed}, {@code Skipped} or {@code Abandoned}
   * @param begun when it began; empty when it did not
   * @param time when it ended
   */
  record Ending(String how, Optional<Instant> begun, Instant time) {}

  /** The same, at its end. */
  Run ended(Ending end) {
    return new Run(
        scheduled,
        reason,
        owner,
        generation,
        claimed,
        end.begun(),
        Optional.of(end.time()),
        end.how());
  }

  /** When it began, as far as is known: a claim made ahead begins at its instant. */
  Instant start() {
    return begun.orElse(claimed.isBefore(scheduled) ? scheduled : claimed);
  }

  /** True when this is an entry of that occurrence. */
  boolean of(Occurrence occurrence) {
    return occurrence.same(scheduled, reason);
  }

  /** How the history calls the end of a call. */
  static String ending(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Succeeded _ -> "Succeeded";
      case Outcome.Failed _, Outcome.Partial _ -> "Failed";
      case Outcome.Abandoned _ -> "Abandoned";
    };
  }

  ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("scheduled", scheduled.toString());
    json.put("reason", reason.name());
    json.put("owner", owner);
    json.put("generation", generation);
    json.put("claimed", claimed.toString());
    begun.ifPresent(time -> json.put("begun", time.toString()));
    ended.ifPresent(time -> json.put("ended", time.toString()));
    if (!ending.isEmpty()) {
      json.put("ending", ending);
    }
    return json;
  }

  static Run parse(JsonNode json) {
    return new Run(
        Instant.parse(json.path("scheduled").asText()),
        Occurrence.Reason.valueOf(json.path("reason").asText()),
        json.path("owner").asText(),
        json.path("generation").asLong(),
        Instant.parse(json.path("claimed").asText()),
        time(json.path("begun")),
        time(json.path("ended")),
        json.path("ending").asText(""));
  }

  private static Optional<Instant> time(JsonNode text) {
    return Optional.of(text)
        .filter(JsonNode::isTextual)
        .map(JsonNode::textValue)
        .map(Instant::parse);
  }
}
