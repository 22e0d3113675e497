package dev.roost.timer;

import java.util.concurrent.atomic.LongAdder;

/** What happened to a timer since this process began. */
final class Tally {
  /** Runs that began late. */
  final LongAdder late = new LongAdder();

  /** Occurrences that were not run because they were too late. */
  final LongAdder skipped = new LongAdder();

  /** Occurrences that no host had begun in time. */
  final LongAdder missed = new LongAdder();
}
