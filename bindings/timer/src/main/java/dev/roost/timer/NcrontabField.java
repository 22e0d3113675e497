package dev.roost.timer;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * One kind of field of an NCRONTAB expression. It reads what NCrontab reads and rewrites it in the
 * plain numbers, ranges and steps that cron-utils understands; what NCrontab refuses ({@code ? L W
 * # @}, 7 for Sunday) never gets there.
 *
 * <p>Source of the rules: atifaziz/NCrontab, CrontabFieldImpl.
 */
enum NcrontabField {
  SECOND("second", 0, 59, ""),
  MINUTE("minute", 0, 59, ""),
  HOUR("hour", 0, 23, ""),
  DAY_OF_MONTH("day of month", 1, 31, ""),
  MONTH(
      "month",
      1,
      12,
      "january february march april may june july august september october november december"),
  DAY_OF_WEEK("day of week", 0, 6, "sunday monday tuesday wednesday thursday friday saturday");

  private final String label;
  private final int least;
  private final int most;
  private final String names;

  NcrontabField(String label, int least, int most, String names) {
    this.label = label;
    this.least = least;
    this.most = most;
    this.names = names;
  }

  /** The field in cron-utils' terms. */
  String rewrite(String token) throws ScheduleException {
    List<String> parts = new ArrayList<>();
    for (String part : token.split(",", -1)) {
      parts.add(rewritePart(token, part));
    }
    // A list that holds a star is every value; cron-utils has no word for the two together.
    return parts.contains("*") ? "*" : String.join(",", parts);
  }

  private String rewritePart(String token, String part) throws ScheduleException {
    int slash = part.indexOf('/');
    String values = slash < 0 ? part : part.substring(0, slash);
    // A step below one counts as one.
    int step = slash < 0 ? 1 : Math.max(1, step(token, part.substring(slash + 1)));
    if (values.equals("*")) {
      return range(least, most, step);
    }
    int dash = values.indexOf('-');
    if (dash >= 0) {
      int from = value(token, values.substring(0, dash));
      int to = value(token, values.substring(dash + 1));
      // A range that is written backwards is turned round: fri-mon is mon-fri.
      return range(Math.min(from, to), Math.max(from, to), step);
    }
    int value = value(token, values);
    return slash < 0 ? Integer.toString(value) : range(value, most, step);
  }

  private String range(int from, int to, int step) {
    if (step > to - from) {
      return Integer.toString(from);
    }
    if (from == least && to == most) {
      return step == 1 ? "*" : "*/" + step;
    }
    return from + "-" + to + (step == 1 ? "" : "/" + step);
  }

  private int step(String token, String text) throws ScheduleException {
    return number(text).orElseThrow(() -> bad(token, "the step '" + text + "' is not a number"));
  }

  private int value(String token, String text) throws ScheduleException {
    OptionalInt number = number(text);
    if (number.isPresent()) {
      if (number.getAsInt() < least || number.getAsInt() > most) {
        throw bad(token, number.getAsInt() + " is not between " + least + " and " + most);
      }
      return number.getAsInt();
    }
    if (!text.isEmpty()) {
      int value = least;
      for (String name : names.split(" ", -1)) {
        if (name.startsWith(text.toLowerCase(Locale.ROOT))) {
          return value;
        }
        value++;
      }
    }
    throw bad(token, text.isEmpty() ? "a value is missing" : "'" + text + "' is not understood");
  }

  private static OptionalInt number(String text) {
    return text.matches("[0-9]{1,9}")
        ? OptionalInt.of(Integer.parseInt(text))
        : OptionalInt.empty();
  }

  private ScheduleException bad(String token, String why) {
    return new ScheduleException("the " + label + " field '" + token + "' is wrong: " + why);
  }
}
