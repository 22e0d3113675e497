package dev.roost.timer;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * What becomes of occurrences that could not begin at their instant.
 *
 * @param missed how many of those that nobody ran are made up for
 * @param most with {@link Missed#RUN_EACH}, only the latest so many
 * @param onlyWithin an occurrence later than this is not run at all
 * @param lateAfter an occurrence that begins later than this after its instant is told as late
 * @param missedAfter an occurrence that no host has begun so long after its instant is told as
 *     missed
 * @param atMostOnce an occurrence that another host began and did not end is not run again
 */
record MissedPolicy(
    Missed missed,
    int most,
    Optional<Duration> onlyWithin,
    Duration lateAfter,
    Duration missedAfter,
    boolean atMostOnce) {

  /** How missed occurrences are made up for. */
  enum Missed {
    /** One run for all of them, named after the first: the official rule. */
    RUN_ONCE,
    /** None. */
    SKIP,
    /** One run for each. */
    RUN_EACH
  }

  /** True when an occurrence is to run, were it begun now. */
  boolean runs(Occurrence occurrence, Instant now) {
    return switch (occurrence.reason()) {
      case RUN_ON_STARTUP, MANUAL -> true;
      case SCHEDULED -> within(occurrence, now);
      case CATCH_UP, PAST_DUE ->
          within(occurrence, now) && !(missed == Missed.SKIP && occurrence.late(now, lateAfter));
    };
  }

  private boolean within(Occurrence occurrence, Instant now) {
    return onlyWithin.isEmpty() || occurrence.lateness(now).compareTo(onlyWithin.get()) <= 0;
  }

  /**
   * The time from which the occurrence after this one is reckoned: the beginning of the run, so
   * that occurrences missed meanwhile collapse into one, or the occurrence's own when each counts.
   */
  Instant base(Occurrence occurrence, Instant started) {
    boolean early = started.isBefore(occurrence.scheduled());
    return early || missed == Missed.RUN_EACH ? occurrence.scheduled() : started;
  }

  /**
   * The missed occurrence to begin with, when {@code first} and maybe others after it have passed.
   */
  Instant earliest(Schedule schedule, Instant first, Instant now) {
    if (missed != Missed.RUN_EACH) {
      return first;
    }
    // Look at longer and longer times before now: counting all seconds of a month takes too long.
    Duration window = Duration.ofMinutes(1);
    while (true) {
      Instant from = now.minus(window);
      boolean whole = !from.isAfter(first) || schedule instanceof ConstantSchedule;
      Deque<Instant> kept = latest(schedule, whole ? first : schedule.nextOrNever(from), now);
      if (whole || kept.size() == most) {
        return kept.isEmpty() ? first : kept.getFirst();
      }
      window = window.multipliedBy(2);
    }
  }

  private Deque<Instant> latest(Schedule schedule, Instant from, Instant now) {
    Deque<Instant> kept = new ArrayDeque<>();
    for (Instant due = from; !due.isAfter(now); due = schedule.nextOrNever(due)) {
      kept.addLast(due);
      if (kept.size() > most) {
        kept.removeFirst();
      }
    }
    return kept;
  }
}
