package dev.roost.timer;

import dev.roost.spi.HostServices;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Lets the starts of a host's timers go before the writing down of how they ended: of many timers
 * that are due in the same second, the first to end would take the processors from those that have
 * not begun. Safe for use by many threads.
 */
final class Starts implements AutoCloseable {
  /** What waits is not held longer than this, whatever becomes of the starts. */
  static final Duration LONGEST = Duration.ofSeconds(1);

  private final HostServices host;
  private final TreeMap<Instant, Integer> expected = new TreeMap<>();
  private final Deque<Runnable> held = new ArrayDeque<>();

  private Starts(HostServices host) {
    this.host = host;
  }

  /** Those of a host. */
  static Starts of(HostServices host) {
    return host.shared(Starts.class, () -> new Starts(host));
  }

  /** A start that is expected. */
  interface Start {
    Start NONE = () -> {};

    /** It has begun, or will not; said again, it changes nothing. */
    void over();
  }

  /** A function is to start at an instant. */
  synchronized Start expect(Instant due) {
    expected.merge(due, 1, Integer::sum);
    AtomicBoolean over = new AtomicBoolean();
    return () -> {
      if (over.compareAndSet(false, true)) {
        over(due);
      }
    };
  }

  private void over(Instant due) {
    synchronized (this) {
      expected.computeIfPresent(due, (_, count) -> count == 1 ? null : count - 1);
      if (anyDue()) {
        return;
      }
    }
    release();
  }

  /** Runs a task when no start is due: at once, or after the last one on a thread of the waiter. */
  void thenRun(Runnable task) {
    synchronized (this) {
      if (anyDue()) {
        held.add(task);
        if (held.size() == 1) {
          host.waiter().after(LONGEST, this::release);
        }
        return;
      }
    }
    task.run();
  }

  private boolean anyDue() {
    Map.Entry<Instant, Integer> next = expected.firstEntry();
    return next != null && !next.getKey().isAfter(host.clock().now());
  }

  private void release() {
    List<Runnable> free;
    synchronized (this) {
      free = new ArrayList<>(held);
      held.clear();
    }
    free.forEach(task -> host.waiter().after(Duration.ZERO, task));
  }

  @Override
  public void close() {}
}
