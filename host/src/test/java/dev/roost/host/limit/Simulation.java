package dev.roost.host.limit;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Runs flows against stations on virtual time: an event starts when its flow has fewer in flight
 * than its limit, and the limits are told what was seen every {@link #TICK}.
 */
final class Simulation {
  static final double TICK = 0.1;

  /** What the process would measure of itself. */
  interface Health {
    void tick(Simulation simulation);
  }

  private final List<Station> stations;
  private final List<Flow> flows;
  private final SplittableRandom random;
  final List<List<Integer>> limits = new ArrayList<>();
  final List<List<Long>> good = new ArrayList<>();
  double now;

  Simulation(List<Station> stations, List<Flow> flows, long seed) {
    this.stations = stations;
    this.flows = flows;
    this.random = new SplittableRandom(seed);
    for (int i = 0; i < flows.size(); i++) {
      limits.add(new ArrayList<>());
      good.add(new ArrayList<>());
    }
  }

  List<Station> stations() {
    return stations;
  }

  List<Flow> flows() {
    return flows;
  }

  void run(double seconds, Health health) {
    double nextTick = TICK;
    while (now < seconds) {
      start();
      Station first = stations.getFirst();
      double due = Double.POSITIVE_INFINITY;
      for (Station station : stations) {
        double at = station.next(now);
        if (at < due) {
          due = at;
          first = station;
        }
      }
      double to = Math.min(Math.min(due, arrival()), nextTick);
      advance(to);
      if (due <= to) {
        first.finish();
      } else if (to >= nextTick) {
        nextTick += TICK;
        tick(health);
      }
    }
  }

  /** When the next event arrives for a flow that could start it. */
  private double arrival() {
    double next = Double.POSITIVE_INFINITY;
    for (Flow flow : flows) {
      double rate = flow.arrivalRate.applyAsDouble(now);
      if (flow.waiting < 1 && rate > 0) {
        next = Math.min(next, now + Math.max(1e-6, (1 - flow.waiting) / rate));
      }
    }
    return next;
  }

  private void start() {
    for (Flow flow : flows) {
      if (flow.fetch != null) {
        fetch(flow, flow.fetch);
        continue;
      }
      while (flow.waiting >= 1 - 1e-9 && flow.inFlight < flow.limit.current()) {
        flow.waiting -= 1;
        flow.inFlight++;
        begin(flow, now);
      }
    }
  }

  private void begin(Flow flow, double asked) {
    stage(flow, 0, asked, random.nextDouble() < flow.failure.chance(flow.inFlight));
  }

  /** One at a time, for as many as are free, once that is worth it: as the gate and its loop do. */
  private void fetch(Flow flow, Flow.Fetch fetch) {
    int limit = flow.limit.current();
    int free = Math.min(Flow.Fetch.MOST, limit - flow.inFlight);
    int least = Math.clamp(limit * 2 / 5, 1, Flow.Fetch.MOST);
    int events = (int) Math.min(free, flow.waiting + 1e-9);
    if (flow.fetching || free < least || events < 1) {
      return;
    }
    double asked = now;
    flow.fetching = true;
    flow.waiting -= events;
    flow.inFlight += events;
    fetch
        .station()
        .add(
            fetch.work() + events * fetch.each(),
            () -> {
              flow.fetching = false;
              for (int i = 0; i < events; i++) {
                begin(flow, asked);
              }
            });
  }

  private void stage(Flow flow, int index, double began, boolean fails) {
    if (index == flow.stages.size()) {
      double took = now - began;
      flow.inFlight--;
      flow.done++;
      flow.completions++;
      flow.latency += took;
      flow.squares += took * took;
      flow.sample.took(took, fails);
      if (fails) {
        flow.failures++;
      } else {
        flow.good++;
      }
      return;
    }
    Flow.Stage stage = flow.stages.get(index);
    // What fails, fails early.
    double work = stage.work().applyAsDouble(random) * (fails ? 0.3 : 1);
    stage.station().add(work, () -> stage(flow, index + 1, began, fails));
  }

  private void advance(double to) {
    for (Station station : stations) {
      station.advance(now, to);
    }
    for (Flow flow : flows) {
      flow.occupied += flow.inFlight * (to - now);
      flow.waiting += flow.arrivalRate.applyAsDouble(now) * (to - now);
    }
    now = to;
  }

  private void tick(Health health) {
    health.tick(this);
    for (int i = 0; i < flows.size(); i++) {
      limits.get(i).add(flows.get(i).limit.current());
      good.get(i).add(flows.get(i).good);
    }
  }
}
