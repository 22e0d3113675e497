package dev.roost.annotations;

import java.time.Duration;

/**
 * Thrown by a function (or as the cause of what it throws) when the event is to be delivered again
 * after a pause: a service said when it wants to be asked again, for example. The attempt counts.
 */
public class RetryLaterException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** How long to wait. */
  private final Duration delay;

  /** A failure with the pause that follows it, and a reason for whoever reads the log. */
  public RetryLaterException(Duration delay, String message) {
    super(message);
    this.delay = delay;
  }

  /** The same, with what led to it. */
  public RetryLaterException(Duration delay, String message, Throwable cause) {
    super(message, cause);
    this.delay = delay;
  }

  /** How long to wait. */
  public Duration delay() {
    return delay;
  }
}
