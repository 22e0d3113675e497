package dev.roost.timer;

import java.time.Instant;

/** Occurrences whose instant has passed before they could begin. Used by one thread at a time. */
final class Backlog {
  private final TimerSettings settings;
  private final TimerLog log;
  private Instant lookedUpTo = Instant.EPOCH;

  Backlog(TimerSettings settings, TimerLog log) {
    this.settings = settings;
    this.log = log;
  }

  /**
   * The one to begin with.
   *
   * @param next the earliest that nobody ran
   */
  Occurrence first(Instant next, Occurrence.Reason reason, Instant now) {
    Instant first = next;
    // Of a backlog that was looked at once, the rest follows one by one.
    if (first.isAfter(lookedUpTo)) {
      first = settings.policy().earliest(settings.schedule(), first, now);
      lookedUpTo = now;
    }
    if (first.isAfter(next)) {
      log.dropped(first);
    }
    return new Occurrence(first, reason);
  }
}
