package dev.roost.host.limit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roost.spi.TimeSpans;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What {@code roost.functions.<name>} of host.json says of a function's concurrency. Its form has
 * been checked by the schema.
 *
 * @param priority its weight under strain
 * @param most never more at once
 * @param platformThreads whether its events run on platform threads
 * @param breaker when its circuit breaker opens; empty for no breaker
 * @param perSecond its rate limit; 0 for none
 * @param group the group whose rate limit it shares; empty for none
 */
public record Rules(
    double priority,
    int most,
    boolean platformThreads,
    Optional<Breaker.Rule> breaker,
    double perSecond,
    String group) {

  /** Reads a function's own settings. */
  public static Rules read(ObjectNode settings) {
    return new Rules(
        settings.path("priority").asDouble(1),
        settings.path("maximumConcurrency").asInt(Integer.MAX_VALUE),
        settings.path("executionThreads").asText("virtual").equalsIgnoreCase("platform"),
        settings.path("circuitBreaker") instanceof ObjectNode breaker
            ? Optional.of(breaker(breaker))
            : Optional.empty(),
        settings.path("eventsPerSecond").asDouble(0),
        settings.path("rateGroup").asText(""));
  }

  private static Breaker.Rule breaker(ObjectNode settings) {
    Set<String> names = new HashSet<>();
    for (JsonNode name : settings.path("exceptions")) {
      names.add(name.asText());
    }
    // With names alone, no ratio opens it.
    double ratio = settings.path("failureRatio").asDouble(names.isEmpty() ? 0.5 : 2);
    Duration pause =
        TimeSpans.parse(settings.path("pause").asText("00:00:30")).orElse(Duration.ofSeconds(30));
    return new Breaker.Rule(ratio, settings.path("events").asInt(20), pause, Set.copyOf(names));
  }
}
