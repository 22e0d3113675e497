package dev.roost.spi.expression;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * A date and time as .NET's DateTime tells it.
 *
 * @param local the fields that are shown
 * @param offset its distance from UTC; empty when it is not known
 */
record Moment(LocalDateTime local, Optional<ZoneOffset> offset) {

  static Moment utc(Instant instant) {
    return new Moment(
        LocalDateTime.ofInstant(instant, ZoneOffset.UTC), Optional.of(ZoneOffset.UTC));
  }

  /** Reads {@code 2026-01-31T10:20:30.5+02:00}, with or without offset; empty for anything else. */
  static Optional<Moment> parse(String text) {
    if (text.length() < 16 || text.charAt(4) != '-' || text.charAt(10) != 'T') {
      return Optional.empty();
    }
    try {
      char last = text.charAt(text.length() - 1);
      boolean zoned = last == 'Z' || text.indexOf('+', 11) > 0 || text.indexOf('-', 11) > 0;
      if (!zoned) {
        return Optional.of(new Moment(LocalDateTime.parse(text), Optional.empty()));
      }
      OffsetDateTime time = OffsetDateTime.parse(text);
      return Optional.of(new Moment(time.toLocalDateTime(), Optional.of(time.getOffset())));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }
}
