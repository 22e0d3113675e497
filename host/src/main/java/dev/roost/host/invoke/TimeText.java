package dev.roost.host.invoke;

import java.time.Duration;
import java.util.Locale;

/** Durations as the official log lines write them: {@code [d.]hh:mm:ss[.fffffff]}. */
final class TimeText {
  private TimeText() {}

  static String of(Duration span) {
    StringBuilder text = new StringBuilder();
    if (span.toDays() > 0) {
      text.append(span.toDays()).append('.');
    }
    text.append(
        String.format(
            Locale.ROOT,
            "%02d:%02d:%02d",
            span.toHoursPart(),
            span.toMinutesPart(),
            span.toSecondsPart()));
    int ticks = span.toNanosPart() / 100;
    if (ticks > 0) {
      text.append(String.format(Locale.ROOT, ".%07d", ticks));
    }
    return text.toString();
  }
}
