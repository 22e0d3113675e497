package dev.roost.host.limit;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Events of one function: how they arrive, what each does, and what was seen of them. */
final class Flow {
  private static final double COUNTED_EVERY = 2;

  /** One thing that an event does: so much work at a station. */
  record Stage(Station station, ToDoubleFunction<RandomGenerator> work) {}

  /** A request that brings events: so much work for itself and for each that it brings. */
  record Fetch(Station station, double work, double each) {
    static final int MOST = 32;
  }

  /** The chance that an event fails when so many are in flight. */
  interface Failure {
    double chance(int inFlight);
  }

  final String name;
  final DoubleUnaryOperator arrivalRate;
  final List<Stage> stages;
  final Failure failure;
  final double weight;

  /** Told of each event that ended. */
  interface Sample {
    void took(double seconds, boolean failed);
  }

  Sample sample = (seconds, failed) -> {};
  Limit limit = new Limit.Fixed(1);

  /** How events come; null when they are there without anybody's work. */
  @Nullable Fetch fetch;

  boolean fetching;
  double waiting;

  /** What the host knows, which is not always the newest. */
  Supply supply = Supply.UNKNOWN;

  int inFlight;
  long done;
  long good;

  // Since the last tick.
  long completions;
  long failures;
  double latency;
  double squares;
  double occupied;

  Flow(
      String name,
      DoubleUnaryOperator arrivalRate,
      List<Stage> stages,
      Failure failure,
      double weight) {
    this.name = name;
    this.arrivalRate = arrivalRate;
    this.stages = stages;
    this.failure = failure;
    this.weight = weight;
  }

  private double countedAt = Double.NEGATIVE_INFINITY;
  private double counted;

  /** Counts what waits, as the host does: now and then. */
  void count(double now) {
    double arrived = done + inFlight + waiting;
    if (now - countedAt >= COUNTED_EVERY) {
      double span = now - countedAt;
      supply =
          new Supply(Math.floor(waiting), span < 1e9 ? (arrived - counted) / span : Double.NaN);
      countedAt = now;
      counted = arrived;
    }
  }

  Observation observe(double seconds, Observation.Ceiling ceiling) {
    Observation seen =
        new Observation(
            seconds, completions, failures, latency, squares, occupied, supply, ceiling);
    completions = 0;
    failures = 0;
    latency = 0;
    squares = 0;
    occupied = 0;
    return seen;
  }
}
