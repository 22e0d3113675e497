package dev.roost.annotations;

import java.time.Instant;
import java.util.Optional;

/**
 * One occurrence of a timer, as the type of a {@code @TimerTrigger} parameter.
 *
 * @param isPastDue true when the run begins late, whatever kept it
 * @param scheduled the instant that the schedule names; also when the run begins later
 * @param begun the instant that counts as the beginning of the run: a run that makes up for several
 *     missed occurrences stands for those up to this instant, and later ones run by themselves
 * @param next the occurrence after this one
 * @param last when the run before this one began; empty when none is remembered
 * @param reason why the function runs
 */
public record TimerInfo(
    boolean isPastDue,
    Instant scheduled,
    Instant begun,
    Instant next,
    Optional<Instant> last,
    Reason reason) {

  /** Why a timer runs. */
  public enum Reason {
    /** Its instant has come. */
    SCHEDULED,
    /** Its instant passed while the run before it lasted. */
    CATCH_UP,
    /** Its instant had passed when a host began to listen. */
    PAST_DUE,
    /** {@code runOnStartup}. */
    RUN_ON_STARTUP,
    /** A person asked for it; {@link #scheduled} is then the instant at which he did. */
    MANUAL
  }
}
