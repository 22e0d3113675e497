package dev.roost.emulator.broker;

import dev.roost.emulator.config.Forwarding;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where messages go that a queue passes on or gives up. */
final class Departures {
  /** A message passed on more often is dead-lettered, as on Azure. */
  private static final int MAX_HOPS = 4;

  private final String path;
  private final Forwarding forwarding;
  private final BrokerServices services;
  private final @Nullable Queue deadLetters;
  private final @Nullable Queue transferDeadLetters;

  Departures(
      String path,
      Forwarding forwarding,
      BrokerServices services,
      @Nullable Queue deadLetters,
      @Nullable Queue transferDeadLetters) {
    this.path = path;
    this.forwarding = forwarding;
    this.services = services;
    this.deadLetters = deadLetters;
    this.transferDeadLetters = transferDeadLetters;
  }

  /** Whether every message goes on to another entity. */
  boolean forwards() {
    return forwarding.to().isPresent();
  }

  /** To the entity that this one forwards to; what cannot go there waits as a transfer letter. */
  void passOn(Entry entry) {
    if (entry.arrival().hops() >= MAX_HOPS) {
      deadLetter(
          entry,
          Settlement.DeadLetter.because(
              "MaxTransferHopCountExceeded",
              "The message was passed on more than " + MAX_HOPS + " times."));
      return;
    }
    try {
      route(forwarding.to()).forward(entry.onward(Map.of()));
    } catch (Refused why) {
      undeliverable(entry, why);
    }
  }

  /** To the dead-letter queue, or to where this entity forwards its dead letters. */
  void deadLetter(Entry entry, Settlement.DeadLetter letter) {
    if (forwarding.deadLettersTo().isPresent()) {
      try {
        route(forwarding.deadLettersTo()).forward(letter(entry, letter));
      } catch (Refused why) {
        undeliverable(entry, why);
      }
    } else if (deadLetters != null) {
      deadLetters.admit(letter(entry, letter));
    }
  }

  private void undeliverable(Entry entry, Refused why) {
    if (transferDeadLetters != null) {
      transferDeadLetters.admit(
          letter(entry, Settlement.DeadLetter.because(why.condition(), why.description())));
    }
  }

  private Arrival letter(Entry entry, Settlement.DeadLetter letter) {
    Arrival onward = entry.onward(letter.properties());
    return new Arrival(
        onward.message(),
        onward.deliveryCount(),
        onward.enqueuedAs(),
        Optional.of(path),
        onward.hops());
  }

  private Destination route(Optional<String> destination) {
    return destination
        .flatMap(services.routes())
        .orElseThrow(() ->
            new Refused(
                Conditions.NOT_FOUND,
                "'" + path + "' forwards to " + destination + ", which does not exist."));
  }
}
