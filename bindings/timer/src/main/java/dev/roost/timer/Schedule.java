package dev.roost.timer;

import dev.roost.spi.TimeSpans;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/**
 * When a timer is due. Immutable.
 *
 * <p>Source of the rules: the TimerTrigger extension of the WebJobs SDK, TimerSchedule.
 */
sealed interface Schedule permits ZonedCron, ConstantSchedule {

  /** The last second that .NET can name. */
  Instant NEVER = Instant.parse("9999-12-31T23:59:59Z");

  /**
   * The first occurrence strictly after {@code base}; empty when there is none before the calendar
   * ends.
   */
  Optional<Instant> next(Instant base);

  /** As {@link #next}, with the end of .NET's calendar for "none". */
  default Instant nextOrNever(Instant base) {
    return next(base).orElse(NEVER);
  }

  /**
   * True when occurrences are so close together that the official host keeps no status for them,
   * whatever {@code useMonitor} says.
   *
   * @param now the moment at which the official host counts the next minute's occurrences
   */
  boolean tooFrequentToMonitor(Instant now);

  /** True when clock changes of the zone shift the occurrences: {@code AdjustForDST}. */
  boolean adjustsForDst();

  /**
   * Reads a schedule as the official host does: NCRONTAB first, then TimeSpan.
   *
   * @param text the {@code schedule} attribute, its settings filled in
   * @param zone where an NCRONTAB expression is meant; without effect on a TimeSpan
   * @throws ScheduleException when it is neither, or never comes due
   */
  static Schedule parse(String text, ZoneId zone) throws ScheduleException {
    Optional<Duration> span = TimeSpans.parse(text);
    if (span.isPresent()) {
      return new ConstantSchedule(ConstantSchedule.checked(text, span.get()));
    }
    ZonedCron cron = new ZonedCron(Ncrontab.parse(text), zone);
    try {
      if (cron.next(Instant.EPOCH).isPresent()) {
        return cron;
      }
    } catch (DateTimeException e) {
      throw new ScheduleException("'" + text + "' can't be reckoned: " + e.getMessage(), e);
    }
    throw new ScheduleException("'" + text + "' names a day that no calendar has");
  }
}
