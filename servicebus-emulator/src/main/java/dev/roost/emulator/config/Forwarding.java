package dev.roost.emulator.config;

import java.util.Optional;

/**
 * Where messages go on to.
 *
 * @param to the queue or topic that gets every message; nobody can receive here then
 * @param deadLettersTo the queue or topic that gets what would be dead-lettered here
 */
public record Forwarding(Optional<String> to, Optional<String> deadLettersTo) {
  /** Messages stay. */
  public static final Forwarding NONE = new Forwarding(Optional.empty(), Optional.empty());
}
