package dev.roost.host.log;

import java.time.Instant;

/**
 * The time of a line, in UTC to the microsecond: {@code 2026-01-31T09:30:00.000001Z}. The part down
 * to the second is made once a second, for all lines of that second.
 */
final class TimeStamp {
  private static final int MICROS = 1_000_000;
  private static volatile Second last = Second.of(0);

  private TimeStamp() {}

  /** Appends the time to a line. */
  static void append(Instant time, StringBuilder line) {
    Second second = last;
    if (second.epoch != time.getEpochSecond()) {
      second = Second.of(time.getEpochSecond());
      last = second;
    }
    int start = line.append(second.text).length();
    // A leading one keeps the zeros.
    line.append(MICROS + time.getNano() / 1_000).setCharAt(start, '.');
    line.append('Z');
  }

  private record Second(long epoch, String text) {
    static Second of(long epoch) {
      String whole = Instant.ofEpochSecond(epoch).toString();
      return new Second(epoch, whole.substring(0, whole.length() - 1));
    }
  }
}
