package dev.roost.emulator.broker;

/** Error conditions that Service Bus answers with. */
public final class Conditions {
  /** No such entity, message or rule. */
  public static final String NOT_FOUND = "amqp:not-found";

  /** What the entity does not allow. */
  public static final String NOT_ALLOWED = "amqp:not-allowed";

  /** What this emulator does not do. */
  public static final String NOT_IMPLEMENTED = "amqp:not-implemented";

  /** Bytes that mean nothing. */
  public static final String DECODE_ERROR = "amqp:decode-error";

  /** A request with a missing or wrong field. */
  public static final String ARGUMENT_ERROR = "com.microsoft:argument-error";

  /** The message is larger than the link allows. */
  public static final String TOO_LARGE = "amqp:link:message-size-exceeded";

  /** The lock of the message is over. */
  public static final String MESSAGE_LOCK_LOST = "com.microsoft:message-lock-lost";

  /** The lock of the session is over. */
  public static final String SESSION_LOCK_LOST = "com.microsoft:session-lock-lost";

  /** Another receiver has the session. */
  public static final String SESSION_CANNOT_BE_LOCKED = "com.microsoft:session-cannot-be-locked";

  /** No such message, or not in the state asked for. */
  public static final String MESSAGE_NOT_FOUND = "com.microsoft:message-not-found";

  /** Not within the time that the client gave. */
  public static final String TIMEOUT = "com.microsoft:timeout";

  /** Come again later. */
  public static final String SERVER_BUSY = "com.microsoft:server-busy";

  /** A name that is taken. */
  public static final String CONFLICT = "com.microsoft:entity-already-exists";

  /** Credentials that are missing or wrong. */
  public static final String UNAUTHORIZED = "amqp:unauthorized-access";

  private Conditions() {}
}
