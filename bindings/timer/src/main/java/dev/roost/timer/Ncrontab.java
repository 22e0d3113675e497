package dev.roost.timer;

import com.cronutils.model.definition.CronDefinition;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * An NCRONTAB expression: which local times match. Time zones are {@link ZonedCron}'s matter: to
 * cron-utils all time is UTC, so that its own rules for clock changes never apply.
 *
 * <p>Source of the rules: TimerSchedule of the TimerTrigger extension (five fields mean second 0)
 * and atifaziz/NCrontab.
 */
final class Ncrontab {
  /** Day of month and day of week must both match, unlike in Unix cron. */
  private static final CronDefinition DEFINITION =
      CronDefinitionBuilder.defineCron()
          .withSeconds()
          .withValidRange(0, 59)
          .and()
          .withMinutes()
          .withValidRange(0, 59)
          .and()
          .withHours()
          .withValidRange(0, 23)
          .and()
          .withDayOfMonth()
          .withValidRange(1, 31)
          .and()
          .withMonth()
          .withValidRange(1, 12)
          .and()
          .withDayOfWeek()
          .withValidRange(0, 6)
          .withMondayDoWValue(1)
          .and()
          .matchDayOfWeekAndDayOfMonth()
          .instance();

  private final List<String> fields;
  private final boolean interval;
  private final ExecutionTime times;

  private Ncrontab(List<String> fields, boolean interval, ExecutionTime times) {
    this.fields = fields;
    this.interval = interval;
    this.times = times;
  }

  /** Reads five or six fields. */
  static Ncrontab parse(String text) throws ScheduleException {
    List<String> tokens = new ArrayList<>(List.of(text.strip().split("\\s+")));
    if (tokens.size() != 5 && tokens.size() != 6) {
      throw new ScheduleException(
          "'" + text + "' is neither five or six fields of NCRONTAB nor a time span");
    }
    boolean interval =
        tokens.subList(0, tokens.size() - 3).stream().anyMatch(token -> token.matches(".*[*/-].*"));
    if (tokens.size() == 5) {
      tokens.addFirst("0");
    }
    List<String> fields = new ArrayList<>();
    Iterator<String> rest = tokens.iterator();
    for (NcrontabField field : NcrontabField.values()) {
      fields.add(field.rewrite(rest.next()));
    }
    return new Ncrontab(
        List.copyOf(fields),
        interval,
        ExecutionTime.forCron(new CronParser(DEFINITION).parse(String.join(" ", fields))));
  }

  /**
   * True when the time of day is written as a pattern ({@code * - /}), not as points in time. Only
   * a pattern runs again in the hour that a clock change repeats.
   */
  boolean interval() {
    return interval;
  }

  /** The first match strictly after {@code base}. */
  Optional<LocalDateTime> next(LocalDateTime base) {
    // cron-utils would carry a fraction of a second over into its answer.
    ZonedDateTime second = base.truncatedTo(ChronoUnit.SECONDS).atZone(ZoneOffset.UTC);
    return times.nextExecution(second).map(ZonedDateTime::toLocalDateTime);
  }

  /** True when every field from the minutes on is a star. */
  boolean everyMinute() {
    return fields.subList(1, 6).stream().allMatch("*"::equals);
  }

  /** The six fields in plain numbers. */
  @Override
  public String toString() {
    return String.join(" ", fields);
  }
}
