package dev.roost.timer;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.Optional;

/**
 * Times as the official host writes them: local, with offset, in ticks of 100 ns. The year 1 stands
 * for "never".
 */
final class DotNetTime {
  /** How Newtonsoft writes a time that was never set. */
  static final String NEVER = "0001-01-01T00:00:00";

  private static final int TICK = 100;

  private static final DateTimeFormatter JSON = isoWithFraction(0);
  private static final DateTimeFormatter ROUND_TRIP = isoWithFraction(7);
  private static final DateTimeFormatter GENERAL =
      DateTimeFormatter.ofPattern("MM/dd/yyyy HH:mm:ss", Locale.ROOT);

  private DotNetTime() {}

  private static DateTimeFormatter isoWithFraction(int leastDigits) {
    return new DateTimeFormatterBuilder()
        .appendPattern("uuuu-MM-dd'T'HH:mm:ss")
        .appendFraction(ChronoField.NANO_OF_SECOND, leastDigits, 7, true)
        .appendOffset("+HH:MM", "+00:00")
        .toFormatter(Locale.ROOT);
  }

  /** The same instant without what lies below a tick. */
  static Instant toTick(Instant instant) {
    return instant.minusNanos(instant.getLong(ChronoField.NANO_OF_SECOND) % TICK);
  }

  /** As Newtonsoft writes a local time: a fraction only where there is one. */
  static String json(Instant instant, ZoneId zone) {
    return JSON.format(instant.atZone(zone));
  }

  /** As the format {@code o} writes a local time: always seven digits of fraction. */
  static String roundTrip(Instant instant, ZoneId zone) {
    return ROUND_TRIP.format(instant.atZone(zone));
  }

  /** As {@code DateTime.ToString()} writes a local time in the invariant culture. */
  static String general(Instant instant, ZoneId zone) {
    return GENERAL.format(instant.atZone(zone));
  }

  /**
   * Reads a time with an offset, with {@code Z} or local; empty for "never".
   *
   * @throws DateTimeException when it is none of these
   */
  static Optional<Instant> parse(String text, ZoneId zone) {
    TemporalAccessor time =
        DateTimeFormatter.ISO_DATE_TIME.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
    if (time.get(ChronoField.YEAR) <= 1) {
      return Optional.empty();
    }
    return Optional.of(
        time instanceof OffsetDateTime offset
            ? offset.toInstant()
            : LocalDateTime.from(time).atZone(zone).toInstant());
  }
}
