package dev.roost.timer;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Optional;

/**
 * An NCRONTAB expression in a time zone. Where the clock is put forward, a local time that does not
 * exist comes later by as much as the clock was moved. Where it is put back, a pattern runs in both
 * repetitions of the hour, a point in time only in the first.
 *
 * <p>Source of the rules: the TimerTrigger extension, CronSchedule and its tests.
 */
record ZonedCron(Ncrontab cron, ZoneId zone) implements Schedule {
  private static final int MONITORED_UP_TO = 1;

  @Override
  public Optional<Instant> next(Instant base) {
    ZoneRules rules = zone.getRules();
    ZoneOffset offset = rules.getOffset(base);
    Optional<LocalDateTime> match = cron.next(from(base, rules, offset));
    Instant reached = base;
    while (match.isPresent()) {
      ZoneOffsetTransition change = rules.nextTransition(reached);
      LocalDateTime local = match.get();
      if (change == null || local.toInstant(offset).isBefore(change.getInstant())) {
        return Optional.of(local.toInstant(offset));
      }
      if (change.isGap() && local.isBefore(change.getDateTimeAfter())) {
        return Optional.of(local.toInstant(change.getOffsetBefore()));
      }
      if (change.isOverlap() && cron.interval()) {
        match = cron.next(change.getDateTimeAfter().minusNanos(1));
      }
      offset = change.getOffsetAfter();
      reached = change.getInstant();
    }
    return Optional.empty();
  }

  /** The local time from which to look on; a point in time is not looked for in a second hour. */
  private LocalDateTime from(Instant base, ZoneRules rules, ZoneOffset offset) {
    LocalDateTime local = LocalDateTime.ofInstant(base, offset);
    if (!cron.interval()) {
      ZoneOffsetTransition change = rules.getTransition(local);
      if (change != null && change.isOverlap() && offset.equals(change.getOffsetAfter())) {
        return change.getDateTimeBefore().minusNanos(1);
      }
    }
    return local;
  }

  @Override
  public boolean tooFrequentToMonitor(Instant now) {
    if (!cron.everyMinute()) {
      return false;
    }
    Instant end = now.plusSeconds(60);
    int found = 0;
    for (Optional<Instant> next = next(now);
        found <= MONITORED_UP_TO && next.isPresent() && !next.get().isAfter(end);
        next = next(next.get())) {
      found++;
    }
    return found > MONITORED_UP_TO;
  }

  @Override
  public boolean adjustsForDst() {
    return true;
  }
}
