package dev.roost.spi;

/** An invocation under way, in the hand of the source of its event. */
public interface Running {

  /**
   * Interrupts the thread of the function: the source lost the right to run this event. The
   * invocation ends as {@link Outcome.Abandoned}, whatever the function makes of the interrupt, and
   * is not tried again. No effect once the function has returned. May be called from any thread,
   * and returns at once.
   *
   * @param reason why, for the log
   */
  void interrupt(String reason);

  /** True when it was interrupted: nothing more is to be begun for this event. */
  default boolean interrupted() {
    return false;
  }
}
