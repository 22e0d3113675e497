package dev.roost.http.route;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which texts the {@code datetime} constraint takes: the usual forms of .NET's invariant {@code
 * DateTime.TryParse}. A date in digits (year first, or month first), a date with the month's
 * English name, each with or without a time; or a time alone.
 */
final class DotNetDate {
  private static final String TIME =
      "(?<hour>\\d{1,2}):(?<minute>\\d{1,2})(?::(?<second>\\d{1,2})(?:\\.\\d{1,7})?)?"
          + "(?:\\s*(?<half>[aApP])[mM])?(?:\\s*(?:Z|z|GMT|[+-]\\d{1,2}(?::?\\d{2})?))?";
  private static final String NAME =
      "(?<name>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
          + "|sep(?:tember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)";
  private static final String DAY_NAME =
      "(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?\\s*)?";
  private static final List<Pattern> FORMS =
      List.of(
          form("(?<year>\\d{4})(?<s>[-/.])(?<month>\\d{1,2})(?:\\k<s>(?<day>\\d{1,2}))?"),
          form("(?<month>\\d{1,2})(?<s>[-/.])(?<day>\\d{1,2})\\k<s>(?<year>\\d{4}|\\d{2})"),
          form(DAY_NAME + "(?<day>\\d{1,2})[-\\s]+" + NAME + "[-,\\s]+(?<year>\\d{4}|\\d{2})"),
          form(DAY_NAME + NAME + "\\s+(?<day>\\d{1,2}),?\\s+(?<year>\\d{4})"),
          form(NAME + "\\s+(?<year>\\d{4})"),
          Pattern.compile(TIME, Pattern.CASE_INSENSITIVE));
  private static final String MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec";

  private DotNetDate() {}

  private static Pattern form(String date) {
    return Pattern.compile(date + "(?:(?:T|\\s+)" + TIME + ")?", Pattern.CASE_INSENSITIVE);
  }

  static boolean isDate(String value) {
    String text = value.strip();
    return text.length() <= 64
        && FORMS.stream()
            .map(form -> form.matcher(text))
            .anyMatch(matcher -> matcher.matches() && dateExists(matcher) && timeExists(matcher));
  }

  private static boolean dateExists(Matcher matcher) {
    int year = number(matcher, "year", 2000);
    int month = number(matcher, "month", 1);
    if (matcher.namedGroups().containsKey("name")) {
      String name = matcher.group("name").substring(0, 3).toLowerCase(Locale.ROOT);
      month = MONTHS.indexOf(name) / 3 + 1;
    }
    try {
      return year > 0
          && LocalDate.of(year, month, number(matcher, "day", 1)).getMonthValue() == month;
    } catch (DateTimeException _) {
      return false;
    }
  }

  private static boolean timeExists(Matcher matcher) {
    int hour = number(matcher, "hour", 0);
    try {
      LocalTime time =
          LocalTime.of(hour, number(matcher, "minute", 0), number(matcher, "second", 0));
      return matcher.group("half") == null || time.getHour() <= 12;
    } catch (DateTimeException _) {
      return false;
    }
  }

  private static int number(Matcher matcher, String group, int fallback) {
    if (!matcher.namedGroups().containsKey(group)) {
      return fallback;
    }
    String digits = matcher.group(group);
    return digits == null ? fallback : Integer.parseInt(digits);
  }
}
