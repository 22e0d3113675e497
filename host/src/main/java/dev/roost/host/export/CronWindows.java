package dev.roost.host.export;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The windows of KEDA's cron scaler in which a sparse timer needs a host: from two minutes before
 * each occurrence to ten minutes after it. Only schedules whose minutes and hours are lists of
 * numbers, with no more than 24 occurrences a day and every day, are sparse in this sense.
 */
record CronWindows(List<Window> windows) {
  private static final int MOST = 24;
  private static final int BEFORE = 2;
  private static final int AFTER = 10;
  private static final int DAY = 24 * 60;

  /** A window in five cron fields each. */
  record Window(String start, String end) {}

  /** The windows; empty when the schedule has no such form. */
  static Optional<CronWindows> of(String schedule) {
    String[] fields = schedule.strip().split("\\s+", -1);
    boolean seconds = fields.length == 6;
    if (fields.length != 5 && !seconds) {
      return Optional.empty();
    }
    int at = seconds ? 1 : 0;
    List<Integer> minutes = numbers(fields[at], 59);
    List<Integer> hours = numbers(fields[at + 1], 23);
    boolean daily =
        fields[at + 2].equals("*") && fields[at + 3].equals("*") && fields[at + 4].equals("*");
    if ((seconds && numbers(fields[0], 59).size() != 1)
        || !daily
        || minutes.isEmpty()
        || hours.isEmpty()
        || minutes.size() * hours.size() > MOST) {
      return Optional.empty();
    }
    List<Window> windows = new ArrayList<>();
    for (int hour : hours) {
      for (int minute : minutes) {
        int due = hour * 60 + minute;
        windows.add(new Window(cron(due - BEFORE), cron(due + AFTER)));
      }
    }
    return Optional.of(new CronWindows(windows));
  }

  private static String cron(int minuteOfDay) {
    int wrapped = Math.floorMod(minuteOfDay, DAY);
    return "%d %d * * *".formatted(wrapped % 60, wrapped / 60);
  }

  private static List<Integer> numbers(String field, int most) {
    List<Integer> numbers = new ArrayList<>();
    for (String part : field.split(",", -1)) {
      if (!part.matches("\\d{1,2}") || Integer.parseInt(part) > most) {
        return List.of();
      }
      numbers.add(Integer.valueOf(part));
    }
    return numbers;
  }
}
