package dev.roost.spi;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Time spans as host.json and annotations write them, with .NET's rules: {@code
 * [-][d.]hh:mm[:ss[.fffffff]]}, or a bare number of days. An hour of 24 or more makes the first
 * part days, as .NET does.
 */
public final class TimeSpans {
  private static final Pattern SPAN =
      Pattern.compile(
          "(-)?(?:(\\d{1,8})\\.)?(\\d{1,8}):(\\d{1,2})(?::(\\d{1,2})(?:\\.(\\d{1,7}))?)?");
  private static final Pattern DAYS = Pattern.compile("(-)?(\\d{1,8})");

  private TimeSpans() {}

  /** The span, or empty when the text is none. */
  public static Optional<Duration> parse(String text) {
    String trimmed = text.strip();
    Matcher days = DAYS.matcher(trimmed);
    if (days.matches()) {
      return Optional.of(signed(days.group(1), Duration.ofDays(Long.parseLong(days.group(2)))));
    }
    Matcher span = SPAN.matcher(trimmed);
    if (!span.matches()) {
      return Optional.empty();
    }
    long first = Long.parseLong(span.group(3));
    long second = Long.parseLong(span.group(4));
    long third = number(span.group(5));
    Duration parsed;
    if (first > 23) {
      if (span.group(2) != null || second > 23 || third > 59 || span.group(6) != null) {
        return Optional.empty();
      }
      parsed = Duration.ofDays(first).plusHours(second).plusMinutes(third);
    } else if (second > 59 || third > 59) {
      return Optional.empty();
    } else {
      parsed =
          Duration.ofDays(number(span.group(2)))
              .plusHours(first)
              .plusMinutes(second)
              .plusSeconds(third)
              .plusNanos(fraction(span.group(6)));
    }
    return Optional.of(signed(span.group(1), parsed));
  }

  private static Duration signed(@Nullable String sign, Duration span) {
    return sign == null ? span : span.negated();
  }

  private static long number(@Nullable String digits) {
    return digits == null ? 0 : Long.parseLong(digits);
  }

  private static long fraction(@Nullable String digits) {
    return digits == null ? 0 : Long.parseLong((digits + "000000000").substring(0, 9));
  }
}
