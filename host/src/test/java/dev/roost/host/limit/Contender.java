package dev.roost.host.limit;

import com.netflix.concurrency.limits.limit.AIMDLimit;
import com.netflix.concurrency.limits.limit.Gradient2Limit;
import com.netflix.concurrency.limits.limit.VegasLimit;
import com.netflix.concurrency.limits.limit.WindowedLimit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Who decides the limits of a simulation. */
enum Contender {
  OURS,
  OURS_BLIND,
  OFFICIAL,
  AIMD,
  VEGAS,
  GRADIENT2;

  /** Where ours, and the library's, begin. */
  static final int FIRST = 8;

  /** Gives every flow its limit, and tells it what it may know at each tick. */
  Simulation.Health on(Simulation simulation, int page) {
    return switch (this) {
      case OURS -> ours(simulation, page, true);
      case OURS_BLIND -> ours(simulation, page, false);
      case OFFICIAL -> official(simulation);
      default -> netflix(simulation);
    };
  }

  private static Simulation.Health ours(Simulation simulation, int page, boolean counts) {
    simulation.flows().forEach(flow -> flow.limit = new Climb(FIRST, 1, Workload.MOST, page, ""));
    Shares shares = new Shares(4);
    double[] smooth = {0, 0};
    return sim -> {
      double[] load = load(sim);
      for (int i = 0; i < 2; i++) {
        smooth[i] += 0.2 * (load[i] - smooth[i]);
      }
      List<Shares.Claim> claims = new ArrayList<>();
      for (Flow flow : sim.flows()) {
        double inFlight = flow.occupied / Simulation.TICK;
        claims.add(new Shares.Claim(inFlight, inFlight >= 0.7 * flow.limit.current(), flow.weight));
      }
      Strain strain = new Strain(smooth[0], smooth[1], 1, 0, 0);
      List<Observation.Ceiling> ceilings = shares.divide(strain, claims, Simulation.TICK);
      for (int i = 0; i < ceilings.size(); i++) {
        Flow flow = sim.flows().get(i);
        if (counts) {
          flow.count(sim.now);
        }
        flow.limit.observe(flow.observe(Simulation.TICK, ceilings.get(i)));
      }
    };
  }

  private static Simulation.Health official(Simulation simulation) {
    List<OfficialLimit> limits = new ArrayList<>();
    for (Flow flow : simulation.flows()) {
      OfficialLimit limit = new OfficialLimit(Workload.MOST);
      limits.add(limit);
      flow.limit = limit(limit::admitted);
    }
    return sim -> {
      double cpu = load(sim)[1];
      for (int i = 0; i < limits.size(); i++) {
        Flow flow = sim.flows().get(i);
        limits
            .get(i)
            .observe(
                sim.now,
                flow.observe(Simulation.TICK, Observation.Ceiling.NONE),
                flow.inFlight,
                cpu);
      }
    };
  }

  private Simulation.Health netflix(Simulation simulation) {
    List<com.netflix.concurrency.limits.Limit> limits = new ArrayList<>();
    for (Flow flow : simulation.flows()) {
      com.netflix.concurrency.limits.Limit limit = library();
      limits.add(limit);
      flow.limit = limit(limit::getLimit);
      flow.sample =
          (latency, failed) ->
              limit.onSample(
                  (long) ((simulation.now - latency) * 1e9),
                  (long) (latency * 1e9),
                  flow.inFlight + 1,
                  failed);
    }
    return sim ->
        sim.flows().forEach(flow -> flow.observe(Simulation.TICK, Observation.Ceiling.NONE));
  }

  private com.netflix.concurrency.limits.Limit library() {
    return switch (this) {
      case AIMD ->
          AIMDLimit.newBuilder()
              .initialLimit(FIRST)
              .minLimit(1)
              .maxLimit(Workload.MOST)
              .timeout(60, TimeUnit.SECONDS)
              .build();
      case VEGAS ->
          WindowedLimit.newBuilder()
              .minWindowTime(200, TimeUnit.MILLISECONDS)
              .build(
                  VegasLimit.newBuilder()
                      .initialLimit(FIRST)
                      .maxConcurrency(Workload.MOST)
                      .build());
      default ->
          WindowedLimit.newBuilder()
              .minWindowTime(200, TimeUnit.MILLISECONDS)
              .build(
                  Gradient2Limit.newBuilder()
                      .initialLimit(FIRST)
                      .minLimit(1)
                      .maxConcurrency(Workload.MOST)
                      .build());
    };
  }

  private static Limit limit(java.util.function.IntSupplier current) {
    return new Limit() {
      @Override
      public int current() {
        return current.getAsInt();
      }

      @Override
      public String why() {
        return "";
      }
    };
  }

  /** Runnable jobs for each core, and the CPU in use; nothing where no station is a CPU. */
  private static double[] load(Simulation sim) {
    return sim.stations().stream()
        .filter(Station::isCpu)
        .map(station -> station.load(Simulation.TICK))
        .findFirst()
        .orElse(new double[] {0, 0});
  }
}
