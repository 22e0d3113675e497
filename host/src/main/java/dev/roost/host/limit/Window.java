package dev.roost.host.limit;

import org.jspecify.annotations.Nullable;

/** Adds observations up until they say something. */
final class Window {
  private static final double USUAL_DIFFERENCE = 0.3;

  /** Seconds. */
  private static final double PART = 0.3;

  private static final int SOME_PARTS = 3;

  private double seconds;
  private double completions;
  private double failures;
  private double latency;
  private double squares;
  private double occupied;

  /** The part of it that is not over. */
  private @Nullable Window part;

  private int parts;
  private double partRates;
  private double partSquares;

  void add(Observation next) {
    sum(next);
    if (part == null) {
      part = new Window();
    }
    part.sum(next);
    if (part.seconds >= Math.max(PART, meanLatency()) && part.completions > 0) {
      double rate = part.rate();
      parts++;
      partRates += rate;
      partSquares += rate * rate;
      part = null;
    }
  }

  private void sum(Observation next) {
    seconds += next.seconds();
    completions += next.completions();
    failures += next.failures();
    latency += next.latency();
    squares += next.latencySquares();
    occupied += next.occupied();
  }

  double seconds() {
    return seconds;
  }

  double completions() {
    return completions;
  }

  /** Events that ended a second, as counted. */
  double completionRate() {
    return seconds == 0 ? 0 : completions / seconds;
  }

  /** Failed events of all, 0 to 1. */
  double failureRatio() {
    return completions == 0 ? 0 : failures / completions;
  }

  double failures() {
    return failures;
  }

  /** The mean of permits in use. */
  double inFlight() {
    return seconds == 0 ? 0 : occupied / seconds;
  }

  /** The mean time that an event holds its permit, in seconds; 0 when none was completed. */
  double meanLatency() {
    return completions == 0 ? 0 : latency / completions;
  }

  /**
   * Good events a second, by Little's law: steadier than counting when events complete in rounds.
   */
  double rate() {
    return latency == 0 ? 0 : inFlight() / meanLatency() * (1 - failureRatio());
  }

  /**
   * What ended and what ran must be about the same work: when only the quick ones have ended yet,
   * their latency says little.
   */
  private double bias() {
    return Math.max(0, Math.abs(1 - latency / occupied) - USUAL_DIFFERENCE);
  }

  /** The standard error of {@link #rate()}, as a part of it; 1 when too little was seen. */
  double error() {
    if (completions < 4 || latency == 0) {
      return 1;
    }
    double mean = meanLatency();
    double variance = Math.max(0, squares / completions - mean * mean);
    double ofLatency = variance / (mean * mean);
    double ratio = failureRatio();
    double ofGood = ratio / Math.max(0.05, 1 - ratio);
    return Math.sqrt((ofLatency + ofGood) / completions) + bias();
  }

  /**
   * The same from what its parts differ: events that wait for one another, or for a server that
   * stutters, are late together. 0 when there are too few parts to tell.
   */
  double swing() {
    if (parts < SOME_PARTS || partRates == 0) {
      return 0;
    }
    double mean = partRates / parts;
    double variance = Math.max(0, partSquares / parts - mean * mean) / (parts - 1);
    return Math.sqrt(variance) / mean;
  }
}
