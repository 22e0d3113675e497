package dev.roost.http;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The value of a {@code Date} header. Its names of days and months are given here: the JDK would
 * load its locales' for them. Source: RFC 9110 section 5.6.7.
 */
final class HttpDate {
  private static final DateTimeFormatter FORM =
      new DateTimeFormatterBuilder()
          .appendText(
              ChronoField.DAY_OF_WEEK, numbered("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"))
          .appendLiteral(", ")
          .appendValue(ChronoField.DAY_OF_MONTH, 2)
          .appendLiteral(' ')
          .appendText(
              ChronoField.MONTH_OF_YEAR,
              numbered(
                  "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov",
                  "Dec"))
          .appendLiteral(' ')
          .appendValue(ChronoField.YEAR, 4)
          .appendLiteral(' ')
          .appendValue(ChronoField.HOUR_OF_DAY, 2)
          .appendLiteral(':')
          .appendValue(ChronoField.MINUTE_OF_HOUR, 2)
          .appendLiteral(':')
          .appendValue(ChronoField.SECOND_OF_MINUTE, 2)
          .appendLiteral(" GMT")
          .toFormatter(Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private HttpDate() {}

  /** As in {@code Sun, 06 Nov 1994 08:49:37 GMT}. */
  static String of(Instant time) {
    return FORM.format(time);
  }

  private static Map<Long, String> numbered(String... names) {
    Map<Long, String> texts = new HashMap<>();
    for (String name : names) {
      texts.put(texts.size() + 1L, name);
    }
    return texts;
  }
}
