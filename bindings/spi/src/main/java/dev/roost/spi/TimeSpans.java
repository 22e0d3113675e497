package dev.roost.spi;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Time spans as host.json, schedules and annotations write them: .NET's text form, as {@code
 * TimeSpan.TryParse} reads it in the invariant culture. Its traps are kept on purpose: a bare
 * number is days, and {@code 24:00:00} is 24 days, because 24 is no hour and the form {@code
 * d:hh:mm} is tried next.
 */
public final class TimeSpans {
  private static final String D = "(?<d>\\d{1,8})";
  private static final String HM = "(?<h>\\d{1,8}):(?<m>\\d{1,8})";
  private static final String HMS = HM + ":(?<s>\\d{1,8})";
  private static final String F = "\\.(?<f>\\d{1,7})";

  /** In the order in which they are tried; one whose numbers are out of range gives way. */
  private static final List<Pattern> FORMS =
      List.of(
          Pattern.compile(D),
          Pattern.compile(HM),
          Pattern.compile(HMS),
          Pattern.compile(D + "\\." + HM),
          Pattern.compile(D + ":" + HM),
          Pattern.compile(HM + ":" + F),
          Pattern.compile(HMS + F),
          Pattern.compile(D + "[.:]" + HMS),
          Pattern.compile(D + "[.:]" + HMS + F));

  private static final long MAX_DAYS = 10_675_199;

  /** {@code TimeSpan.MaxValue}, with which .NET says "never". */
  private static final Duration LONGEST =
      Duration.ofDays(MAX_DAYS).plus(Duration.parse("PT2H48M5.4775807S"));

  private TimeSpans() {}

  /** The span, or empty when .NET would not read the text as one. */
  public static Optional<Duration> parse(String text) {
    String trimmed = text.strip();
    boolean negative = trimmed.startsWith("-");
    String digits = negative ? trimmed.substring(1) : trimmed;
    return FORMS.stream()
        .map(form -> form.matcher(digits))
        .filter(Matcher::matches)
        .flatMap(match -> duration(match).stream())
        .findFirst()
        .map(span -> negative ? span.negated() : span);
  }

  /** The span as .NET writes it: {@code d.hh:mm:ss.fffffff}, days and fraction only when needed. */
  public static String text(Duration span) {
    Duration positive = span.abs();
    String days = positive.toDays() == 0 ? "" : positive.toDays() + ".";
    long ticks = positive.toNanosPart() / 100;
    return (span.isNegative() ? "-" : "")
        + days
        + "%02d:%02d:%02d"
            .formatted(positive.toHoursPart(), positive.toMinutesPart(), positive.toSecondsPart())
        + (ticks == 0 ? "" : ".%07d".formatted(ticks));
  }

  private static Optional<Duration> duration(Matcher match) {
    long days = number(match, "d");
    long hours = number(match, "h");
    long minutes = number(match, "m");
    long seconds = number(match, "s");
    if (days > MAX_DAYS || hours > 23 || minutes > 59 || seconds > 59) {
      return Optional.empty();
    }
    Duration span =
        Duration.ofDays(days)
            .plusHours(hours)
            .plusMinutes(minutes)
            .plusSeconds(seconds)
            .plusNanos(fraction(match));
    return span.compareTo(LONGEST) > 0 ? Optional.empty() : Optional.of(span);
  }

  private static long number(Matcher match, String name) {
    return match.namedGroups().containsKey(name) ? Long.parseLong(match.group(name)) : 0;
  }

  private static long fraction(Matcher match) {
    if (!match.namedGroups().containsKey("f")) {
      return 0;
    }
    String digits = match.group("f");
    return Long.parseLong(digits + "0".repeat(9 - digits.length()));
  }
}
