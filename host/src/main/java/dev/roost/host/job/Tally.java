package dev.roost.host.job;

import dev.roost.host.run.Dispatcher;
import dev.roost.spi.Delivery;
import dev.roost.spi.Outcome;
import dev.roost.spi.Payload;
import java.util.HashSet;
import java.util.Set;

/**
 * Counts events by how they ended. An event that failed and came again counts by its last ending,
 * where its source gives it an id. Safe for use by many threads.
 */
final class Tally implements Dispatcher.Ended {
  private final Set<String> failing = new HashSet<>();
  private long attempts;
  private long done;
  private long failed;

  @Override
  public synchronized void ended(Delivery delivery, Outcome outcome) {
    attempts++;
    String key = key(delivery);
    switch (outcome) {
      case Outcome.Succeeded _ -> {
        done++;
        if (failing.remove(key)) {
          failed--;
        }
      }
      case Outcome.Failed _, Outcome.Partial _ -> {
        if (failing.add(key)) {
          failed++;
        }
      }
      case Outcome.Abandoned _ -> {
        // Given back: it is left, or comes again.
      }
    }
  }

  private static String key(Delivery delivery) {
    String id =
        delivery
            .data()
            .find("Id")
            .or(() -> delivery.data().find("MessageId"))
            .filter(Payload.Text.class::isInstance)
            .map(text -> ((Payload.Text) text).value())
            .orElseGet(() -> "@" + System.identityHashCode(delivery));
    return delivery.function() + " " + id;
  }

  synchronized long attempts() {
    return attempts;
  }

  synchronized long done() {
    return done;
  }

  synchronized long failed() {
    return failed;
  }
}
