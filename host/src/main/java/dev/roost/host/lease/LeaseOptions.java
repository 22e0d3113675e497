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
 * @param calls locks of single calls
 */
public record LeaseOptions(
    Duration listenerLockPeriod, Optional<Duration> recoveryPolling, Calls calls) {
  private static final Duration SHORTEST = Duration.ofSeconds(15);
  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final Duration NEVER = Duration.ofSeconds(Long.MAX_VALUE);

  /** What holds when host.json says nothing. */
  public static final LeaseOptions DEFAULT =
      new LeaseOptions(
          SHORTEST, Optional.empty(), new Calls(SHORTEST, Optional.empty(), Optional.empty()));

  /**
   * What holds for calls that run one at a time.
   *
   * @param lockPeriod how long such a lease lasts without renewal
   * @param timeout how long a call waits whose function has no limit of its own; empty for as long
   *     as it takes
   * @param polling how often those who wait ask again; empty for more and more seldom
   */
  public record Calls(
      Duration lockPeriod, Optional<Duration> timeout, Optional<Duration> polling) {}

  /** What a key may be. */
  private record Bounds(Duration least, Duration most, String words) {
    static final Bounds LEASE = new Bounds(SHORTEST, LONGEST, "from 00:00:15 to 00:01:00");
    static final Bounds RECOVERY = new Bounds(SHORTEST, NEVER, "of at least 00:00:15");
    static final Bounds POLLING =
        new Bounds(Duration.ofMillis(500), NEVER, "of at least 00:00:00.5");
    static final Bounds TIMEOUT = new Bounds(Duration.ofNanos(1), NEVER, "above zero");

    boolean hold(Duration value) {
      return value.compareTo(least) >= 0 && value.compareTo(most) <= 0;
    }
  }

  /**
   * Reads the section.
   *
   * @param file where it comes from, for messages
   * @param problems told of every mistake; the default holds in its place
   */
  public static LeaseOptions read(ObjectNode singleton, String file, List<Problem> problems) {
    Section section = new Section(singleton, file, problems);
    Calls calls =
        new Calls(
            section.span("lockPeriod", Bounds.LEASE).orElse(SHORTEST),
            section.span("lockAcquisitionTimeout", Bounds.TIMEOUT),
            section.span("lockAcquisitionPollingInterval", Bounds.POLLING));
    return new LeaseOptions(
        section.span("listenerLockPeriod", Bounds.LEASE).orElse(SHORTEST),
        section.span("listenerLockRecoveryPollingInterval", Bounds.RECOVERY),
        calls);
  }

  /** The section as it stands in the file. */
  private record Section(ObjectNode json, String file, List<Problem> problems) {
    Optional<Duration> span(String key, Bounds bounds) {
      Optional<String> text =
          json.properties().stream()
              .filter(property -> property.getKey().equalsIgnoreCase(key))
              .map(Map.Entry::getValue)
              .filter(value -> !value.isNull())
              .map(JsonNode::asText)
              .findFirst();
      Optional<Duration> span = text.flatMap(TimeSpans::parse).filter(bounds::hold);
      if (text.isPresent() && span.isEmpty()) {
        problems.add(
            new Problem(
                file,
                "singleton." + key,
                "'" + text.get() + "' is not a time span " + bounds.words(),
                "Write one, such as 00:00:30, or leave it out."));
      }
      return span;
    }
  }
}
