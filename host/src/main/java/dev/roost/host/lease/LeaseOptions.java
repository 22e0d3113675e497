package dev.roost.host.lease;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roost.spi.Problem;
import dev.roost.spi.TimeSpans;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The section {@code singleton} of host.json. Source of keys and bounds: WebJobs SDK,
 * SingletonOptions; the lease of listeners is 15 s here in every environment.
 *
 * @param listenerLockPeriod how long a listener's lease lasts without renewal
 * @param recoveryPolling how often those who wait ask again; empty for "when it can have run out"
 */
public record LeaseOptions(Duration listenerLockPeriod, Optional<Duration> recoveryPolling) {
  private static final Duration SHORTEST = Duration.ofSeconds(15);
  private static final Duration LONGEST = Duration.ofSeconds(60);

  /** What holds when host.json says nothing. */
  public static final LeaseOptions DEFAULT = new LeaseOptions(SHORTEST, Optional.empty());

  /**
   * Reads the section.
   *
   * @param file where it comes from, for messages
   * @param problems told of every mistake; the default holds in its place
   */
  public static LeaseOptions read(ObjectNode singleton, String file, List<Problem> problems) {
    Optional<Duration> period = span(singleton, "listenerLockPeriod", LONGEST, file, problems);
    Optional<Duration> polling =
        span(
            singleton,
            "listenerLockRecoveryPollingInterval",
            Duration.ofSeconds(Long.MAX_VALUE),
            file,
            problems);
    span(singleton, "lockPeriod", LONGEST, file, problems);
    return new LeaseOptions(period.orElse(DEFAULT.listenerLockPeriod), polling);
  }

  private static Optional<Duration> span(
      ObjectNode section, String key, Duration longest, String file, List<Problem> problems) {
    Optional<JsonNode> node =
        section.properties().stream()
            .filter(property -> property.getKey().equalsIgnoreCase(key))
            .map(Map.Entry::getValue)
            .filter(value -> !value.isNull())
            .findFirst();
    if (node.isEmpty()) {
      return Optional.empty();
    }
    Optional<Duration> span =
        TimeSpans.parse(node.get().asText())
            .filter(value -> value.compareTo(SHORTEST) >= 0 && value.compareTo(longest) <= 0);
    if (span.isEmpty()) {
      problems.add(
          new Problem(
              file,
              "singleton." + key,
              "'"
                  + node.get().asText()
                  + "' is not a time span "
                  + (longest.equals(LONGEST)
                      ? "from 00:00:15 to 00:01:00"
                      : "of at least 00:00:15"),
              "Write one, such as 00:00:30, or leave it out."));
    }
    return span;
  }
}
