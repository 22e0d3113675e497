package dev.roost.timer;

import dev.roost.spi.Meters;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/** What happened to a timer since this process began. */
final class Tally {
  private final LongAdder late = new LongAdder();
  private final LongAdder skipped = new LongAdder();
  private final LongAdder missed = new LongAdder();
  private final Meters.Counter lateMeter;
  private final Meters.Counter skippedMeter;
  private final Meters.Counter missedMeter;
  private final Meters.Timing lateness;

  Tally(Meters meters, String function) {
    String[] labels = {"function", function};
    lateMeter = meters.counter("roost.timer.late", "Runs that began late", labels);
    skippedMeter =
        meters.counter(
            "roost.timer.skipped", "Occurrences not run because they were too late", labels);
    missedMeter =
        meters.counter("roost.timer.missed", "Occurrences that no host had begun in time", labels);
    lateness =
        meters.timing(
            "roost.timer.lateness", "From the scheduled instant to the start of the run", labels);
  }

  /** A scheduled run began so long after its instant. */
  void began(Duration after, boolean isLate) {
    lateness.record(after);
    if (isLate) {
      late.increment();
      lateMeter.add(1);
    }
  }

  /** An occurrence was not run because it was too late. */
  void skipped() {
    skipped.increment();
    skippedMeter.add(1);
  }

  /** No host had begun an occurrence in time. */
  void missed() {
    missed.increment();
    missedMeter.add(1);
  }

  long lateCount() {
    return late.sum();
  }

  long skippedCount() {
    return skipped.sum();
  }

  long missedCount() {
    return missed.sum();
  }
}
