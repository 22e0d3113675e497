package dev.roost.host.limit;

/**
 * The official host's dynamic concurrency, for one function: it begins at 1, and moves by one to
 * six at a time, by CPU alone. Source of the numbers: WebJobs SDK, ConcurrencyStatus,
 * DefaultConcurrencyThrottleManager, HostHealthThrottleProvider.
 */
final class OfficialLimit {
  private static final double CPU_THRESHOLD = 0.8;
  private final int most;
  private int current = 1;
  private int highWater;
  private long completions;
  private double latency;
  private double lastMove;
  private double lastDecrease = Double.NEGATIVE_INFINITY;
  private double lastRead;
  private int run;
  private boolean lastUp;
  private int consecutive;
  private boolean throttled;
  private final java.util.ArrayDeque<Double> cpu = new java.util.ArrayDeque<>();

  OfficialLimit(int most) {
    this.most = most;
  }

  int current() {
    return current;
  }

  /** Whether new work may start: none while throttled. */
  int admitted() {
    return throttled && cpu.size() >= 5 ? 0 : current;
  }

  void observe(double now, Observation seen, int inFlight, double processCpu) {
    highWater = Math.max(highWater, inFlight);
    completions += seen.completions();
    latency += seen.latency();
    if (now - lastRead >= 1) {
      lastRead = now;
      cpu.add(processCpu);
      if (cpu.size() > 5) {
        cpu.remove();
      }
      read();
    }
    if (cpu.size() >= 5) {
      adjust(now);
    }
  }

  private void read() {
    if (cpu.size() < 5) {
      return;
    }
    boolean hot =
        cpu.stream().mapToDouble(Double::doubleValue).average().orElse(0) >= CPU_THRESHOLD;
    consecutive = hot == throttled ? consecutive + 1 : 0;
    throttled = hot;
  }

  private void adjust(double now) {
    double mean = completions == 0 ? 0 : latency / completions;
    double gap = completions == 0 ? 5 : Math.min(2 + mean, 5);
    if (now - lastMove < gap) {
      return;
    }
    double calm = completions == 0 ? 30 : Math.min(10 + 10 * mean, 30);
    if (throttled && consecutive >= 3 && current > 1) {
      lastDecrease = now;
      move(now, false);
    } else if (!throttled
        && consecutive >= 5
        && now - lastDecrease >= calm
        && highWater >= current
        && current < most) {
      move(now, true);
    }
  }

  private void move(double now, boolean up) {
    run = up == lastUp && now - lastMove <= 10 ? run + 1 : 0;
    int delta = 1 + Math.min(5, run);
    current = Math.clamp(current + (long) (up ? delta : -delta), 1, most);
    lastUp = up;
    lastMove = now;
    highWater = 0;
    completions = 0;
    latency = 0;
  }
}
