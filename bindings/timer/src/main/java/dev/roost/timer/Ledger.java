package dev.roost.timer;

import java.io.IOException;
import java.time.Instant;

/** What is remembered of a timer between runs and hosts. Used by one thread at a time. */
interface Ledger {

  /**
   * Begins a time of holding the timer's lock.
   *
   * @throws IOException when what is remembered can't be read or written
   */
  StartCheck open(Instant now) throws IOException;

  /**
   * Claims an occurrence before it runs, which may be before its instant.
   *
   * @throws IOException when nothing is known: try again
   */
  Claim claim(Occurrence occurrence, Instant now) throws IOException;

  /** Takes back the claim of an occurrence that did not begin; one that can't be stays. */
  void withdraw(Occurrence occurrence);

  /**
   * Notes how an occurrence ended, and what is waited for now.
   *
   * @param ending for the history
   * @return false when the timer is another host's by now: nothing was written
   */
  boolean record(Occurrence occurrence, Run.Ending ending, ScheduleStatus status)
      throws IOException;

  /** Whose an occurrence is. */
  enum Claim {
    OURS,
    /** It was run. */
    DONE,
    /** A host that is gone may have begun it, and it must not begin twice. */
    IN_DOUBT,
    /** The timer is another host's by now. */
    LOST
  }
}
