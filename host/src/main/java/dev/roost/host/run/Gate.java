package dev.roost.host.run;

import dev.roost.host.limit.Limit;
import dev.roost.host.limit.Observation;
import dev.roost.host.limit.Reason;
import dev.roost.host.limit.Supply;
import dev.roost.host.limit.Valve;
import dev.roost.spi.Demand;
import dev.roost.spi.HostClock;
import dev.roost.spi.Outcome;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Admits invocations of one source: a permit is taken before an event is fetched and given back
 * after it is settled. Measures what its limit needs to know. Safe for use by many threads, of
 * which one at a time waits in {@link #acquireUpTo}.
 */
public final class Gate {
  private static final Duration HELD_LATELY = Duration.ofSeconds(1);

  private final Limit limit;
  private final List<Valve> valves;
  private final HostClock clock;
  private final Tally tally;
  private int taken;
  private long settled;
  private int wanted;
  private boolean closed;
  private long asked;
  private @Nullable Valve holds;
  private long heldAt;
  private Runnable room = () -> {};

  public Gate(Limit limit, HostClock clock) {
    this(limit, List.of(), clock);
  }

  /**
   * @param valves may hold events back for other reasons
   */
  public Gate(Limit limit, List<Valve> valves, HostClock clock) {
    this.limit = limit;
    this.valves = List.copyOf(valves);
    this.clock = clock;
    this.asked = clock.nanoTime();
    this.tally = new Tally(asked);
  }

  /**
   * Waits until {@code demand.least()} permits are free (or the whole limit, when that is less; or
   * a part of it, when it moves) and takes as many as are free, {@code demand.most()} at the most.
   *
   * @return the permits taken; 0 when the gate was closed
   */
  synchronized int acquireUpTo(Demand demand) throws InterruptedException {
    // A moving limit is kept full: it would learn little from a level that rises and falls by
    // pages.
    wanted =
        limit.moves() ? Math.clamp(limit.current() * 2 / 5, 1, demand.least()) : demand.least();
    while (!closed && (isShort() || passing() < 1)) {
      wait();
    }
    if (closed) {
      return 0;
    }
    int permits = Math.min(Math.min(free(), demand.most()), passing());
    taken += permits;
    asked = clock.nanoTime();
    return permits;
  }

  /** Takes one permit if there is one. */
  synchronized boolean tryAcquire() {
    if (closed || free() < 1 || passing() < 1) {
      return false;
    }
    taken++;
    asked = clock.nanoTime();
    return true;
  }

  /** Takes one permit, limit or not: somebody waits for an answer. */
  synchronized void acquire() {
    taken++;
    asked = clock.nanoTime();
  }

  /**
   * An event begins for which a permit was taken.
   *
   * @return since when it holds its permit, for {@link #end}
   */
  synchronized long begin() {
    tally.begin(asked, clock.nanoTime());
    valves.forEach(valve -> valve.begun(clock.nanoTime()));
    return asked;
  }

  /** An event is settled: gives its permit back. */
  void end(long since, Outcome outcome) {
    long now = clock.nanoTime();
    Runnable told;
    synchronized (this) {
      settled++;
      tally.end(since, now, outcome instanceof Outcome.Failed);
      valves.forEach(valve -> valve.ended(outcome, now));
      told = free(1);
    }
    told.run();
  }

  /** Gives a permit back that was not used, and tells nobody. */
  synchronized void giveBack() {
    taken--;
  }

  /** Gives permits back. */
  void release(int permits) {
    Runnable told;
    synchronized (this) {
      told = free(permits);
    }
    told.run();
  }

  /** Whom to tell of it when nobody holds this any more. */
  private synchronized Runnable free(int permits) {
    taken -= permits;
    if (taken < 0) {
      throw new IllegalStateException("released more than was acquired");
    }
    // The loop that waits for a page is not woken for each of its messages.
    if (!isShort()) {
      notifyAll();
    }
    return room;
  }

  /** Tells the limit what happened since the last time, and lets in whom it allows now. */
  void observe(Supply supply, Observation.Ceiling ceiling) {
    Runnable told;
    synchronized (this) {
      limit.observe(tally.since(clock.nanoTime(), supply, ceiling));
      notifyAll();
      told = room;
    }
    told.run();
  }

  /** Calls {@code waiting} whenever there may be room. */
  synchronized void onRoom(Runnable waiting) {
    room = waiting;
  }

  /** Admits again. */
  synchronized void open() {
    closed = false;
  }

  /** Admits nobody until it is opened again; what runs may finish. */
  synchronized void close() {
    closed = true;
    notifyAll();
  }

  /** The permits in use: fetched, running or being settled. */
  public synchronized int inFlight() {
    return taken;
  }

  /** The limit now. */
  public synchronized int limit() {
    return limit.current();
  }

  /** Why the limit is what it is, or why nothing begins. */
  public synchronized String why() {
    Valve valve = holding();
    return valve == null ? limit.why() : valve.why();
  }

  /** The same in one word of few. */
  synchronized Reason reason() {
    Valve valve = holding();
    return valve == null ? limit.reason() : valve.reason();
  }

  /** Events settled so far. */
  public synchronized long settled() {
    return settled;
  }

  /** True when its limit may be another one later. */
  synchronized boolean moves() {
    return limit.moves();
  }

  /** Begins with at least a limit that was found before. */
  synchronized void raise(int found) {
    limit.raise(found);
    notifyAll();
  }

  /** True when it is told what happened, or may open by itself. */
  synchronized boolean needsTicks() {
    return limit.moves() || !valves.isEmpty();
  }

  /** True when more would run if they might. */
  synchronized boolean isFull() {
    return taken >= limit.current();
  }

  /** The valve that held events back a moment ago: most open for one event at a time. */
  private @Nullable Valve holding() {
    return clock.nanoTime() - heldAt < HELD_LATELY.toNanos() ? holds : null;
  }

  private boolean isShort() {
    return free() < Math.min(wanted, limit.current());
  }

  private int free() {
    return limit.current() - taken;
  }

  /** How many the valves let pass. */
  private int passing() {
    int least = Integer.MAX_VALUE;
    for (Valve valve : valves) {
      int open = valve.open(taken, clock.nanoTime());
      if (open < least) {
        least = open;
        if (open < free()) {
          holds = valve;
          heldAt = clock.nanoTime();
        }
      }
    }
    return least;
  }
}
