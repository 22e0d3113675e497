package dev.roost.emulator.broker;

/** A receiver that waits for a session; one of the two is called, once. */
public interface Acceptor {
  /** It has the session; messages come when the consumer is ready. */
  Consumer accept(Session session);

  /** It gets none. */
  void refuse(Refused why);
}
