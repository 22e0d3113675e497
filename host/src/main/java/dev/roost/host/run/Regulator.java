package dev.roost.host.run;

import dev.roost.host.limit.Observation.Ceiling;
import dev.roost.host.limit.Shares;
import dev.roost.host.limit.Strain;
import dev.roost.spi.HostClock;
import dev.roost.spi.Waiter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/**
 * Ten times a second: measures the process, divides what it can hold, and tells every gate's limit
 * what happened. Runs on the waiter's platform threads, one round at a time.
 */
final class Regulator {
  private static final Duration TICK = Duration.ofMillis(100);

  private final Supplier<Strain> process;
  private final HostClock clock;
  private final Waiter waiter;
  private final Shares shares;
  private final List<Regulated> gates = new CopyOnWriteArrayList<>();
  private long last;
  private boolean started;

  /**
   * A gate and what its functions weigh.
   *
   * @param priority its share under strain is proportional to this
   * @param supply what its source has to give
   */
  record Regulated(Gate gate, double priority, SupplyCount supply) {}

  Regulator(Supplier<Strain> process, int cores, HostClock clock, Waiter waiter) {
    this.process = process;
    this.clock = clock;
    this.waiter = waiter;
    this.shares = new Shares(2.0 * cores);
  }

  /** Regulates a gate from now on. */
  synchronized void add(Gate gate, double priority, SupplyCount.Count count) {
    if (!gate.needsTicks() || gates.stream().anyMatch(each -> each.gate() == gate)) {
      return;
    }
    gates.add(new Regulated(gate, priority, new SupplyCount(gate, count, clock, waiter)));
    if (!started) {
      started = true;
      last = clock.nanoTime();
      waiter.after(TICK, this::tick);
    }
  }

  private void tick() {
    long now = clock.nanoTime();
    List<Regulated> all = List.copyOf(gates);
    List<Shares.Claim> claims =
        all.stream()
            .map(each ->
                new Shares.Claim(each.gate().inFlight(), each.gate().isFull(), each.priority()))
            .toList();
    List<Ceiling> ceilings = shares.divide(process.get(), claims, (now - last) / 1e9);
    last = now;
    for (int i = 0; i < all.size(); i++) {
      Regulated each = all.get(i);
      each.gate().observe(each.supply().current(), ceilings.get(i));
    }
    waiter.after(TICK, this::tick);
  }
}
