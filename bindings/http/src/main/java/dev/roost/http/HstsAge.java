package dev.roost.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code hsts.maxAge}: a TimeSpan such as {@code 10.00:00:00}, thirty days when it is absent. */
final class HstsAge {
  private static final Pattern TIME_SPAN =
      Pattern.compile("(?:(\\d+)\\.)?(\\d+):(\\d+)(?::(\\d+)(?:\\.\\d+)?)?|(\\d+)");

  private HstsAge() {}

  static long seconds(JsonNode maxAge) {
    Matcher parts = TIME_SPAN.matcher(maxAge.asText(""));
    if (!parts.matches()) {
      return Duration.ofDays(30).toSeconds();
    }
    return Duration.ofDays(number(parts, 1) + number(parts, 5))
        .plusHours(number(parts, 2))
        .plusMinutes(number(parts, 3))
        .plusSeconds(number(parts, 4))
        .toSeconds();
  }

  private static long number(Matcher parts, int group) {
    String digits = parts.group(group);
    return digits == null ? 0 : Long.parseLong(digits);
  }
}
