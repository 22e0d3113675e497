package dev.roost.timer;

/**
 * A schedule that can't be read. The message says what is wrong with which part, without a full
 * stop.
 */
final class ScheduleException extends Exception {
  private static final long serialVersionUID = 1L;

  ScheduleException(String message) {
    super(message);
  }

  ScheduleException(String message, Throwable cause) {
    super(message, cause);
  }
}
