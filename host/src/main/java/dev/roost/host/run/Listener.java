package dev.roost.host.run;

import dev.roost.spi.Health;

/** A started source, as the host sees it. */
interface Listener {

  /** The functions it listens for, for people. */
  String name();

  /** Begins to listen; returns at once and goes on by itself, also after failures. */
  void start();

  /** How it is. */
  Health health();

  /** Events fetched and not settled yet. */
  int inFlight();

  /** Events that wait in this process for a permit. */
  default int line() {
    return 0;
  }

  /** Ends fetching; returns soon. */
  void stop();

  /** Ends a fetch that outlasts the host's patience after {@link #stop()}. */
  default void interrupt() {}

  /** True when nothing more can be fetched after {@link #stop()}. */
  boolean stopped();
}
