package dev.roost.timer;

import java.time.Duration;
import java.time.Instant;

/**
 * One time at which a timer is due.
 *
 * @param scheduled the instant that the schedule names; for a run beside it, the instant of that
 * @param reason why it runs
 */
record Occurrence(Instant scheduled, Reason reason) {

  /** Why a timer runs. */
  enum Reason {
    /** Its instant came while this host waited for it. */
    SCHEDULED,
    /** Its instant passed while the run before it lasted. */
    CATCH_UP,
    /** Its instant had passed when this host began to listen. */
    PAST_DUE,
    /** {@code runOnStartup}. */
    RUN_ON_STARTUP,
    /** A person asked for it. */
    MANUAL;

    /** True when it serves an instant of the schedule. */
    boolean bySchedule() {
      return this != RUN_ON_STARTUP && this != MANUAL;
    }
  }

  /** True when both are the same time at which the timer is due, or the same run beside it. */
  boolean same(Instant otherScheduled, Reason otherReason) {
    return scheduled.equals(otherScheduled)
        && (reason == otherReason || (reason.bySchedule() && otherReason.bySchedule()));
  }

  /** True when it is past due, or would begin later than {@code tolerance} after its instant. */
  boolean late(Instant now, Duration tolerance) {
    return switch (reason) {
      case PAST_DUE -> true;
      case RUN_ON_STARTUP, MANUAL -> false;
      case SCHEDULED, CATCH_UP -> lateness(now).compareTo(tolerance) > 0;
    };
  }

  /** How long after its instant {@code now} is. */
  Duration lateness(Instant now) {
    return Duration.between(scheduled, now);
  }
}
