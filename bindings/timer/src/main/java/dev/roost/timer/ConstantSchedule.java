package dev.roost.timer;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A TimeSpan: the next occurrence is that much elapsed time after the last one began. */
record ConstantSchedule(Duration interval) implements Schedule {
  private static final Duration MONITORED_FROM = Duration.ofMinutes(1);

  static Duration checked(String text, Duration span) throws ScheduleException {
    if (span.isNegative() || span.isZero()) {
      throw new ScheduleException("the time span '" + text + "' is not longer than zero");
    }
    return span;
  }

  @Override
  public Optional<Instant> next(Instant base) {
    return Optional.of(base.plus(interval));
  }

  @Override
  public boolean tooFrequentToMonitor(Instant now) {
    return interval.compareTo(MONITORED_FROM) < 0;
  }

  @Override
  public boolean adjustsForDst() {
    return false;
  }
}
