package dev.roost.host.limit;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;

/** What a host may have to run. Times are seconds; the process has two cores. */
enum Workload {
  IO_BOUND("sleep 50 ms", 0),
  CPU_BOUND("5 ms of CPU", 0),
  MIXED("sleep 50 ms, then 4 ms of CPU", 0),
  KNEE("downstream of 20 places", 0),
  COLLAPSE("downstream that collapses beyond 20", 0),
  THROTTLE("downstream that refuses beyond 30", 0),
  BURSTS("1500/s for 5 s, then 20/s for 15 s", 20),
  DRIFT("downstream that moves from 20 to 80 to 15", 10),
  TWO_SHARE_CPU("two functions share the CPU", 0),
  BIMODAL("10 ms, or 1 s for one of ten; 60 places", 0),
  JUMP("40/s, from second 40 on 400/s", 40),
  SLOW("sleep 5 s", 0),
  SLOW_KNEE("2 s each, downstream of 40 places", 0),
  SLOW_COLLAPSE("2 s each, downstream that collapses beyond 40", 0),
  STEADY("380/s for a downstream of 20 places", 0),
  RETURN("sleep 500 ms, 400/s for 15 s, then nothing for 15 s", 30),
  WARMING("small events of a JVM that warms up", 0),
  PAGES("sleep 50 ms, from a queue on one busy core", 0);

  static final int MOST = 500;
  static final double SECONDS = 120;

  final String description;

  /** From when on the time to 90 % counts. */
  final double mark;

  Workload(String description, double mark) {
    this.description = description;
    this.mark = mark;
  }

  /** As many events as one fetch brings. */
  int page() {
    return this == WARMING || this == PAGES ? 32 : 1;
  }

  Simulation simulation(long seed) {
    return switch (this) {
      case IO_BOUND -> one(seed, ALWAYS, new Flow.Stage(Station.delay(), about(0.05)));
      case CPU_BOUND -> one(seed, ALWAYS, new Flow.Stage(Station.cpu(2), about(0.005)));
      case MIXED ->
          one(
              seed,
              ALWAYS,
              new Flow.Stage(Station.delay(), about(0.05)),
              new Flow.Stage(Station.cpu(2), about(0.004)));
      case KNEE -> one(seed, ALWAYS, new Flow.Stage(Station.knee(20), about(0.05)));
      case COLLAPSE -> one(seed, ALWAYS, new Flow.Stage(Station.collapsing(20), about(0.05)));
      case THROTTLE -> throttle(seed);
      case BURSTS -> one(seed, Workload::burst, new Flow.Stage(Station.knee(30), about(0.05)));
      case DRIFT -> one(seed, ALWAYS, new Flow.Stage(new Station(Workload::drift), about(0.05)));
      case TWO_SHARE_CPU -> two(seed);
      case BIMODAL -> one(seed, ALWAYS, new Flow.Stage(Station.knee(60), Workload::bimodal));
      case JUMP ->
          one(seed, time -> time < 40 ? 40 : 400, new Flow.Stage(Station.knee(40), about(0.05)));
      case SLOW -> one(seed, ALWAYS, new Flow.Stage(Station.delay(), about(5)));
      case SLOW_KNEE -> one(seed, ALWAYS, new Flow.Stage(Station.knee(40), about(2)));
      case SLOW_COLLAPSE -> one(seed, ALWAYS, new Flow.Stage(Station.collapsing(40), about(2)));
      case STEADY -> one(seed, time -> 380, new Flow.Stage(Station.knee(20), about(0.05)));
      case RETURN ->
          one(
              seed,
              time -> time % 30 < 15 ? 400 : 0.01,
              new Flow.Stage(Station.delay(), about(0.5)));
      case WARMING -> one(seed, ALWAYS, new Flow.Stage(new Station(Workload::warm), about(0.002)));
      case PAGES -> pages(seed);
    };
  }

  private static final DoubleUnaryOperator ALWAYS = time -> 1e5;

  private static ToDoubleFunction<RandomGenerator> about(double mean) {
    return random -> mean * random.nextDouble(0.8, 1.2);
  }

  private static double bimodal(RandomGenerator random) {
    return random.nextDouble() < 0.1 ? 1 : 0.01;
  }

  private static double burst(double time) {
    return time % 20 < 5 ? 1500 : 20;
  }

  /** Each job's speed beside a downstream that grows to 80 places in a minute and falls to 15. */
  private static double drift(int jobs, double time) {
    double places = time < 60 ? 20 + time : 80 - (time - 60) * 65 / 60;
    return jobs <= places ? 1 : places / jobs;
  }

  /**
   * Two cores that do three times as much after a minute, beside neighbours that come and go; what
   * is done once for all jobs in flight, such as a fetch, is shared by them.
   */
  private static double warm(int jobs, double time) {
    double compiled = 0.33 + 0.67 * Math.min(1, time / 60);
    return Math.min(1, 2.0 / jobs) * jobs / (jobs + 2) * compiled * noise(time);
  }

  private static Simulation one(long seed, DoubleUnaryOperator arrivals, Flow.Stage... stages) {
    Flow flow = new Flow("f", arrivals, List.of(stages), inFlight -> 0, 1);
    return new Simulation(
        List.of(stages).stream().map(Flow.Stage::station).toList(), List.of(flow), seed);
  }

  /** A request costs the server much more than each message that it brings. */
  private static Simulation pages(long seed) {
    Station server =
        new Station((jobs, time) -> Math.min(1, 0.2 + time / 12) * stutter(time) / jobs);
    Station sleep = Station.delay();
    Flow flow =
        new Flow(
            "f",
            time -> 2_000,
            List.of(
                new Flow.Stage(sleep, about(0.05)),
                new Flow.Stage(server, random -> 0.0023 * -Math.log(1 - random.nextDouble()))),
            inFlight -> 0,
            1);
    flow.fetch = new Flow.Fetch(server, 0.03, 0.0005);
    return new Simulation(List.of(server, sleep), List.of(flow), seed);
  }

  /** Collectors, disks and neighbours: it hardly moves for some tenths of a second now and then. */
  private static double stutter(double time) {
    return Math.sin(time * 2.9) + Math.sin(time * 4.7) > 1.2 ? 0.25 : noise(time);
  }

  private static double noise(double time) {
    return 0.9 + 0.07 * Math.sin(time / 1.1) + 0.07 * Math.sin(time / 0.37);
  }

  private static Simulation throttle(long seed) {
    Flow.Stage stage = new Flow.Stage(Station.delay(), about(0.05));
    Flow flow =
        new Flow(
            "f",
            ALWAYS,
            List.of(stage),
            inFlight -> inFlight <= 30 ? 0 : Math.min(1, 2.0 * (inFlight - 30) / inFlight),
            1);
    return new Simulation(List.of(stage.station()), List.of(flow), seed);
  }

  private static Simulation two(long seed) {
    Station cpu = Station.cpu(2);
    Station sleep = Station.delay();
    Flow pure = new Flow("cpu", ALWAYS, List.of(new Flow.Stage(cpu, about(0.005))), n -> 0, 1);
    Flow mixed =
        new Flow(
            "mixed",
            ALWAYS,
            List.of(new Flow.Stage(sleep, about(0.02)), new Flow.Stage(cpu, about(0.005))),
            n -> 0,
            1);
    return new Simulation(List.of(cpu, sleep), List.of(pure, mixed), seed);
  }
}
