package dev.roost.host.limit;

import java.util.List;
import java.util.Locale;

/**
 * How a contender did.
 *
 * @param ratio good events from second 10 on, of those of the best fixed limit
 * @param toNinety seconds from the mark until a second's rate reaches 90 % of the best fixed
 *     limit's; NaN for never
 * @param overshoot the highest limit, of the best fixed one
 * @param oscillation the limit's standard deviation of its mean, from second 20 on
 */
record Verdict(double ratio, double toNinety, double overshoot, double oscillation) {
  private static final List<Integer> FIXED =
      List.of(
          1, 2, 3, 4, 5, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 28, 32, 40, 50, 60, 80, 100, 140,
          200, 280, 400, 500);

  /** The fixed limit that does most; of equals the lowest. */
  record Best(int limit, double good, double rate) {}

  static Best best(Workload workload, long seed) {
    Best best = new Best(1, 0, 0);
    for (int limit : FIXED) {
      Simulation fixed = workload.simulation(seed);
      fixed.flows().forEach(flow -> flow.limit = new Limit.Fixed(limit));
      fixed.run(
          Workload.SECONDS,
          sim ->
              sim.flows().forEach(flow -> flow.observe(Simulation.TICK, Observation.Ceiling.NONE)));
      double good = good(fixed, 10, Workload.SECONDS);
      if (good > best.good() * 1.005) {
        double rate =
            good(fixed, workload.mark, Math.min(workload.mark + 20, Workload.SECONDS)) / 20;
        best = new Best(limit, good, rate);
      }
    }
    return best;
  }

  static Verdict of(Contender contender, Workload workload, Best best, long seed) {
    Simulation sim = workload.simulation(seed);
    sim.run(Workload.SECONDS, contender.on(sim, workload.page()));
    return new Verdict(
        good(sim, 10, Workload.SECONDS) / best.good(),
        toNinety(sim, workload, best),
        (double) sim.limits.getFirst().stream().mapToInt(Integer::intValue).max().orElse(0)
            / best.limit(),
        oscillation(sim.limits.getFirst()));
  }

  private static double toNinety(Simulation sim, Workload workload, Best best) {
    for (double end = workload.mark + 0.5; end < Workload.SECONDS; end += Simulation.TICK) {
      double from = Math.max(workload.mark, end - 1);
      if (good(sim, from, end) / (end - from) >= 0.9 * best.rate()) {
        return end - workload.mark;
      }
    }
    return Double.NaN;
  }

  private static double good(Simulation sim, double from, double to) {
    double sum = 0;
    for (List<Long> series : sim.good) {
      sum += at(series, to) - at(series, from);
    }
    return sum;
  }

  private static long at(List<Long> series, double time) {
    int tick = (int) Math.round(time / Simulation.TICK) - 1;
    return tick < 0 ? 0 : series.get(Math.min(tick, series.size() - 1));
  }

  private static double oscillation(List<Integer> limits) {
    List<Integer> late = limits.subList(Math.min(200, limits.size()), limits.size());
    double mean = late.stream().mapToInt(Integer::intValue).average().orElse(1);
    double variance =
        late.stream().mapToDouble(limit -> (limit - mean) * (limit - mean)).average().orElse(0);
    return Math.sqrt(variance) / mean;
  }

  String row(String name) {
    return String.format(
        Locale.ROOT,
        "| | %s | %.3f | %.1f | %.1f | %.2f |",
        name,
        ratio,
        toNinety,
        overshoot,
        oscillation);
  }
}
