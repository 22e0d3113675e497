package dev.roost.emulator.rules;

import java.util.regex.Pattern;

/** Patterns of SQL's {@code LIKE}: {@code %} for any text, {@code _} for one character. */
final class Wildcards {
  private Wildcards() {}

  /** {@code escape} before a wildcard takes its meaning away; empty when there is none. */
  static boolean match(String pattern, String text, String escape) {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      String c = pattern.substring(i, i + 1);
      if (c.equals(escape) && i + 1 < pattern.length()) {
        i++;
        regex.append(Pattern.quote(pattern.substring(i, i + 1)));
      } else if (c.equals("%")) {
        regex.append(".*");
      } else if (c.equals("_")) {
        regex.append('.');
      } else {
        regex.append(Pattern.quote(c));
      }
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL).matcher(text).matches();
  }
}
