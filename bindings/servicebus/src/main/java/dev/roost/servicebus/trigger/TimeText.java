package dev.roost.servicebus.trigger;

import java.time.Instant;

/**
 * Times as {@link Instant#toString} writes them, made cheaply where many follow one another within
 * a second. Safe for use by many threads.
 */
final class TimeText {
  private static final int MILLI = 1_000_000;
  private volatile Second last = new Second(0, "1970-01-01T00:00:00");

  private record Second(long epoch, String text) {}

  String text(Instant time) {
    int nanos = time.getNano();
    if (nanos == 0 || nanos % MILLI != 0) {
      return time.toString();
    }
    Second second = last;
    if (second.epoch != time.getEpochSecond()) {
      String whole = Instant.ofEpochSecond(time.getEpochSecond()).toString();
      second = new Second(time.getEpochSecond(), whole.substring(0, whole.length() - 1));
      last = second;
    }
    // A leading one keeps the zeros.
    return second.text + '.' + Integer.toString(1_000 + nanos / MILLI).substring(1) + 'Z';
  }
}
