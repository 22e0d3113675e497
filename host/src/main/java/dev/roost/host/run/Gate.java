package dev.roost.host.run;

import dev.roost.spi.Demand;

/**
 * Admits invocations of one source: a permit is taken before an event is fetched and given back
 * after it is settled. Safe for use by many threads, of which one at a time waits in {@link
 * #acquireUpTo}.
 */
public final class Gate {
  private final Limit limit;
  private int taken;
  private int wanted;
  private boolean closed;

  public Gate(Limit limit) {
    this.limit = limit;
  }

  /**
   * Waits until {@code demand.least()} permits are free (or the whole limit, when that is less) and
   * takes as many as are free, {@code demand.most()} at the most.
   *
   * @return the permits taken; 0 when the gate was closed
   */
  synchronized int acquireUpTo(Demand demand) throws InterruptedException {
    wanted = demand.least();
    while (!closed && isShort()) {
      wait();
    }
    if (closed) {
      return 0;
    }
    int permits = Math.min(free(), demand.most());
    taken += permits;
    return permits;
  }

  /** Takes one permit if there is one. */
  synchronized boolean tryAcquire() {
    if (closed || free() < 1) {
      return false;
    }
    taken++;
    return true;
  }

  /** Gives permits back. */
  synchronized void release(int permits) {
    taken -= permits;
    if (taken < 0) {
      throw new IllegalStateException("released more than was acquired");
    }
    // The loop that waits for a page is not woken for each of its messages.
    if (!isShort()) {
      notifyAll();
    }
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

  private boolean isShort() {
    return free() < Math.min(wanted, limit.current());
  }

  private int free() {
    return limit.current() - taken;
  }
}
