package dev.roost.servicebus.trigger;

import dev.roost.spi.Running;
import dev.roost.spi.SessionDocument;
import java.util.Optional;

/** What stands behind a delivery and is told of its life: a session, or nothing. */
interface Holding {
  /** Nothing. */
  Holding NONE = new Holding() {};

  /** What the session keeps beside its messages; empty without one. */
  default Optional<SessionDocument> state(String sessionId) {
    return Optional.empty();
  }

  /** The function is called now. */
  default void started(Running running) {}

  /** The delivery is settled, as well as it could be. */
  default void settled() {}
}
