package dev.roost.host.run;

import dev.roost.host.limit.Supply;
import dev.roost.spi.HostClock;
import dev.roost.spi.Source;
import dev.roost.spi.Waiter;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Counts the volume of one source while its gate is busy: every two seconds, and so seldom that
 * counting takes a fiftieth of the time at the most. An idle source is not asked. Safe for use by
 * many threads; counts on one of the waiter's.
 */
final class SupplyCount {
  private static final Logger LOG = System.getLogger("Host.Concurrency");
  private static final long OFTEN = Duration.ofSeconds(2).toNanos();
  private static final int SHARE = 50;
  private static final double BUSY = 0.7;

  /** Counts the events that are not settled yet; empty when nobody can. */
  interface Count {
    OptionalLong unsettled() throws IOException;
  }

  private record Counted(long at, double arrived, long took, Supply supply) {}

  private final Gate gate;
  private final Count count;
  private final HostClock clock;
  private final Waiter waiter;
  private final AtomicBoolean counting = new AtomicBoolean();
  private volatile Counted last;

  SupplyCount(Gate gate, Count count, HostClock clock, Waiter waiter) {
    this.gate = gate;
    this.count = count;
    this.clock = clock;
    this.waiter = waiter;
    this.last = new Counted(clock.nanoTime() - OFTEN, Double.NaN, 0, Supply.UNKNOWN);
  }

  /** What is known now; has it counted again when that is old. Returns at once. */
  Supply current() {
    Counted known = last;
    long age = clock.nanoTime() - known.at();
    long due = Math.max(OFTEN, SHARE * known.took());
    if (age >= due
        && gate.inFlight() >= BUSY * gate.limit()
        && counting.compareAndSet(false, true)) {
      waiter.after(Duration.ZERO, this::countNow);
    }
    return age < 2 * due ? known.supply() : Supply.UNKNOWN;
  }

  private void countNow() {
    long began = clock.nanoTime();
    Counted next = new Counted(began, Double.NaN, 0, Supply.UNKNOWN);
    try {
      OptionalLong unsettled = count.unsettled();
      long took = clock.nanoTime() - began;
      next =
          unsettled.isPresent()
              ? counted(began, took, unsettled.getAsLong())
              : new Counted(began, Double.NaN, took, Supply.UNKNOWN);
    } catch (IOException | RuntimeException e) {
      // Whatever a source throws, the limit does without its volume.
      next = new Counted(began, Double.NaN, clock.nanoTime() - began, Supply.UNKNOWN);
      LOG.log(Level.DEBUG, "What waits can''t be counted now: {0}", Causes.inOneLine(e));
    } finally {
      last = next;
      counting.set(false);
    }
  }

  private Counted counted(long began, long took, long unsettled) {
    if (unsettled == Source.MORE_THAN_COUNTED) {
      return new Counted(began, Double.NaN, took, new Supply(Double.POSITIVE_INFINITY, Double.NaN));
    }
    double arrived = (double) gate.settled() + unsettled;
    double seconds = (began - last.at()) / 1e9;
    return new Counted(
        began,
        arrived,
        took,
        new Supply(
            Math.max(0, unsettled - gate.inFlight()),
            Math.max(0, (arrived - last.arrived()) / seconds)));
  }
}
