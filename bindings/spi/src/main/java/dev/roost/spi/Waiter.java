package dev.roost.spi;

import java.time.Duration;

/**
 * The only place that waits. Tasks run on platform threads, so that user code on virtual threads
 * can't silence them; they may do I/O with tight timeouts.
 */
public interface Waiter {

  /** Runs {@code task} once, after {@code delay} (at once when it is zero or negative). */
  Pending after(Duration delay, Runnable task);

  /** A task that has not run yet. */
  interface Pending {
    /** Prevents the task from starting; one that runs already is left alone. */
    void cancel();
  }
}
