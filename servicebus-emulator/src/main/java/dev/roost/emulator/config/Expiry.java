package dev.roost.emulator.config;

import java.time.Duration;
import java.util.Optional;

/**
 * What becomes of messages that nobody takes.
 *
 * @param timeToLive the longest time a message may wait; a message's own is used when it is shorter
 * @param deadLetter whether an expired message goes to the dead-letter queue, else it is dropped
 */
public record Expiry(Optional<Duration> timeToLive, boolean deadLetter) {
  /** Messages wait as long as their sender allows, and are dropped then. */
  public static final Expiry NONE = new Expiry(Optional.empty(), false);
}
