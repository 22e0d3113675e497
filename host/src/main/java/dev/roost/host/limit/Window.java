package dev.roost.host.limit;

/** Adds observations up until they say something. */
final class Window {
  private static final double USUAL_DIFFERENCE = 0.3;

  private double seconds;
  private double completions;
  private double failures;
  private double latency;
  private double squares;
  private double occupied;

  void add(Observation next) {
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
}
