package dev.roost.timer;

import java.time.Instant;
import java.util.Optional;

/**
 * What a timer finds when it begins to listen. Source of the rule: ScheduleMonitor of the
 * TimerTrigger extension.
 *
 * @param status what holds from now on; its {@code next} is the occurrence that is waited for
 * @param changed true when it differs from what was stored and must be written
 * @param pastDue true when nobody ran {@code status.next()} in time
 */
record StartCheck(ScheduleStatus status, boolean changed, boolean pastDue) {

  /**
   * Compares what is stored with what the schedule says now.
   *
   * @param stored empty when the timer never listened before
   */
  static StartCheck of(Optional<ScheduleStatus> stored, Schedule schedule, Instant now) {
    if (stored.isEmpty()) {
      Instant next = schedule.nextOrNever(now);
      return new StartCheck(
          new ScheduleStatus(Optional.empty(), next, Optional.of(now)), true, false);
    }
    ScheduleStatus status = stored.get();
    Instant base = status.last().or(status::lastUpdated).orElse(now);
    Instant expected = schedule.nextOrNever(base);
    if (status.next().equals(expected)) {
      return new StartCheck(status, false, now.isAfter(expected));
    }
    // The schedule or its zone is another one: what it would have missed before does not count.
    if (now.isAfter(expected)) {
      base = now;
      expected = schedule.nextOrNever(now);
    }
    return new StartCheck(
        new ScheduleStatus(Optional.empty(), expected, Optional.of(base)), true, false);
  }
}
