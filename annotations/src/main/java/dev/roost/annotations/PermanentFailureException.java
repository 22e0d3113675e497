package dev.roost.annotations;

/**
 * Thrown by a function (or as the cause of what it throws) when another try can't help: a message
 * goes to its poison or dead-letter queue at once instead of being delivered again.
 */
public class PermanentFailureException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A failure with a reason for the person who finds the message. */
  public PermanentFailureException(String message) {
    super(message);
  }

  /** A failure with a reason and what led to it. */
  public PermanentFailureException(String message, Throwable cause) {
    super(message, cause);
  }
}
