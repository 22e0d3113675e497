package dev.roost.emulator.broker;

import java.util.UUID;

/** Somebody who takes messages of a queue as they come: a link of a client. */
public interface Consumer {
  /** Whether it takes another one now. */
  boolean ready();

  /** Whether a message is gone with its delivery (receive and delete), else it is locked. */
  boolean destructive();

  /** Hands over one message, encoded. */
  void deliver(UUID lockToken, byte[] message);

  /** Ends it: the session that it had is lost. */
  void revoke(Refused why);
}
