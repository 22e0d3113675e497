package dev.roost.host;

import dev.roost.spi.HostState;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Where a host is in its life. Safe for use by many threads; states only go forward. */
final class Lifecycle {
  private volatile HostState state = HostState.NEW;
  private final CountDownLatch started = new CountDownLatch(1);
  private final CountDownLatch stopped = new CountDownLatch(1);

  HostState state() {
    return state;
  }

  /** Moves on; false when that state was reached or passed already. A host in error can stop. */
  synchronized boolean enter(HostState next) {
    boolean moves = state == HostState.ERROR ? stops(next) : next.compareTo(state) > 0;
    if (moves) {
      state = next;
    }
    if (state.compareTo(HostState.RUNNING) >= 0) {
      started.countDown();
    }
    if (state == HostState.STOPPED) {
      stopped.countDown();
    }
    return moves;
  }

  private static boolean stops(HostState next) {
    return next == HostState.DRAINING || next == HostState.STOPPED;
  }

  /** Waits until the host runs, or never will. */
  HostState awaitStarted(Duration limit) throws InterruptedException {
    if (!started.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
      return HostState.STARTING;
    }
    return state;
  }

  /** Waits until the host has stopped. */
  void awaitStopped() throws InterruptedException {
    stopped.await();
  }
}
