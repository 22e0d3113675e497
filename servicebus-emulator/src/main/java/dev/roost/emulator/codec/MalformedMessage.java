package dev.roost.emulator.codec;

/** Bytes that are no AMQP 1.0 message. */
public final class MalformedMessage extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says what is wrong. */
  public MalformedMessage(String message) {
    super(message);
  }

  MalformedMessage(Throwable cause) {
    super("the message cannot be decoded: " + cause, cause);
  }
}
