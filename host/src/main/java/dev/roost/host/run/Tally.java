package dev.roost.host.run;

import dev.roost.host.limit.Observation;
import dev.roost.host.limit.Supply;

/** Adds up what a gate's events did since it was last asked. Not safe for use by many threads. */
final class Tally {
  private long from;
  private long last;
  private int running;
  private double occupied;
  private long completions;
  private long failures;
  private double latency;
  private double squares;

  Tally(long now) {
    this.from = now;
    this.last = now;
  }

  /** An event begins whose permit was taken earlier: fetching it is a part of what it takes. */
  void begin(long since, long now) {
    advance(now);
    occupied += (now - since) / 1e9;
    running++;
  }

  void end(long since, long now, boolean failed) {
    advance(now);
    running--;
    completions++;
    failures += failed ? 1 : 0;
    double took = (now - since) / 1e9;
    latency += took;
    squares += took * took;
  }

  /** What happened since the last call. */
  Observation since(long now, Supply supply, Observation.Ceiling ceiling) {
    advance(now);
    Observation seen =
        new Observation(
            Math.max(1, now - from) / 1e9,
            completions,
            failures,
            latency,
            squares,
            occupied,
            supply,
            ceiling);
    from = now;
    completions = 0;
    failures = 0;
    latency = 0;
    squares = 0;
    occupied = 0;
    return seen;
  }

  private void advance(long now) {
    occupied += running * ((now - last) / 1e9);
    last = now;
  }
}
