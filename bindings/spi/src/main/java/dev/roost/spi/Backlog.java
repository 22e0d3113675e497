package dev.roost.spi;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * What waits in one place: read by the metrics and by whoever decides how many hosts are wanted.
 *
 * @param place the queue's or container's name
 * @param kind what it means that something waits there
 * @param events how many, as far as the source can tell
 * @param oldest the age of the oldest that can be seen; empty when nothing waits
 */
public record Backlog(String place, Kind kind, long events, Optional<Duration> oldest) {

  /** What waits. */
  public enum Kind {
    /** Events that are going to run. */
    WAITING,
    /** Events that were set aside and wait for a person. */
    POISON;

    /** As a label of a metric. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
