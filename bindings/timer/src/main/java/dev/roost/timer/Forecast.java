package dev.roost.timer;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The next occurrences of a timer, for people. */
final class Forecast {
  private static final int OCCURRENCES = 5;
  private static final DateTimeFormatter LOCAL =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss xxx", Locale.ROOT);
  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss'Z'", Locale.ROOT);

  private Forecast() {}

  /** The schedule, its zone and its next five occurrences in the zone and in UTC. */
  static String text(TimerSettings settings, Instant now) {
    return "%s in %s, next %s"
        .formatted(
            settings.text(),
            settings.zone(),
            next(settings, now)
                .map(due -> both(due, settings.zone()))
                .collect(Collectors.joining(", ")));
  }

  /** An instant in a zone and in UTC. */
  static String both(Instant instant, ZoneId zone) {
    return local(instant, zone) + " (" + UTC.format(instant.atZone(ZoneOffset.UTC)) + ")";
  }

  /** An instant in a zone. */
  static String local(Instant instant, ZoneId zone) {
    return LOCAL.format(instant.atZone(zone));
  }

  /** The next five occurrences. */
  static Stream<Instant> next(TimerSettings settings, Instant now) {
    Schedule schedule = settings.schedule();
    return Stream.iterate(
            schedule.next(now), Optional::isPresent, due -> due.flatMap(schedule::next))
        .flatMap(Optional::stream)
        .limit(OCCURRENCES);
  }
}
