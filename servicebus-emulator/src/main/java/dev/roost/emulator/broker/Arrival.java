package dev.roost.emulator.broker;

import dev.roost.emulator.codec.Message;
import java.util.Optional;

/**
 * A message on its way into an entity.
 *
 * @param deliveryCount how often it was given back before
 * @param enqueuedAs its number where it was enqueued first; empty when that is here
 * @param deadLetteredBy the entity that dead-lettered it
 * @param hops how many entities passed it on
 */
public record Arrival(
    Message message,
    int deliveryCount,
    Optional<Long> enqueuedAs,
    Optional<String> deadLetteredBy,
    int hops) {

  /** The same with another message. */
  Arrival with(Message other) {
    return new Arrival(other, deliveryCount, enqueuedAs, deadLetteredBy, hops);
  }

  /** A message that a client sent. */
  static Arrival sent(Message message) {
    return new Arrival(message, 0, Optional.empty(), Optional.empty(), 0);
  }
}
