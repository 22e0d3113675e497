package dev.roost.host.job;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;

/**
 * One execution of a job, for people and programs.
 *
 * @param function the functions it ran, with commas
 * @param id names it
 * @param job the platform's name of the job, else {@code manual}
 * @param start when it began
 * @param end when it ended
 * @param result what it came to
 */
public record Execution(
    String function, String id, String job, Instant start, Instant end, Result result) {

  /** The JSON that is printed and stored. */
  public ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("function", function);
    json.put("execution", id);
    json.put("job", job);
    json.put("start", start.toString());
    json.put("end", end.toString());
    json.put("durationMs", Duration.between(start, end).toMillis());
    json.put("attempts", result.attempts());
    json.put("outcome", result.ending().text());
    json.put("done", result.done());
    json.put("failed", result.failed());
    result.left().ifPresent(left -> json.put("left", left));
    if (!result.reason().isEmpty()) {
      json.put("reason", result.reason());
    }
    return json;
  }
}
