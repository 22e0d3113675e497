package dev.roost.host.run;

import dev.roost.spi.HostClock;
import dev.roost.spi.Waiter;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Tasks that are due later than a moment from now: time limits and renewals above all, of which
 * nearly all are cancelled long before. They stand in slots, where to add and to cancel costs next
 * to nothing; a slot is opened ahead of its first due time, and what is left in it is given to the
 * exact waiter. The longer the wait, the longer the slot: tasks of one delay never fill more than
 * {@value #SLOTS} or so. Safe for use by many threads.
 */
final class FarTasks {
  private static final int SLOTS = 128;

  private final long shortest;
  private final HostClock clock;
  private final Waiter exact;
  private final Map<Long, Slot> slots = new ConcurrentHashMap<>();

  /**
   * @param slot the length of the shortest
   * @param exact runs a task when it is due
   */
  FarTasks(Duration slot, HostClock clock, Waiter exact) {
    this.shortest = slot.toNanos();
    this.clock = clock;
    this.exact = exact;
  }

  /** True when a task that is due after {@code delay} may be added. */
  boolean take(Duration delay) {
    return delay.compareTo(Duration.ofNanos(3 * shortest)) >= 0;
  }

  Waiter.Pending add(Duration delay, Runnable task) {
    long due = clock.nanoTime() + delay.toNanos();
    long length =
        shortest * Math.max(1, Long.highestOneBit(2 * delay.toNanos() / shortest / SLOTS));
    Slot slot = slot(Math.floorDiv(due, length) * length - shortest);
    Far far = new Far(due, task, slot);
    if (!slot.add(far)) {
      far.hand(); // whoever is held up for so long finds the slot open already
    }
    return far;
  }

  /** How many slots stand here. */
  int slots() {
    return slots.size();
  }

  private Slot slot(long opening) {
    Slot known = slots.get(opening);
    return known != null ? known : slots.computeIfAbsent(opening, this::scheduled);
  }

  private Slot scheduled(long opening) {
    Slot slot = new Slot();
    exact.after(Duration.ofNanos(opening - clock.nanoTime()), () -> open(opening, slot));
    return slot;
  }

  private void open(long opening, Slot slot) {
    slots.remove(opening, slot);
    for (Far far = slot.open(); far != null; far = far.next) {
      far.hand();
    }
  }

  /** What is due within the slot's time: linked, so that any of them leaves at once. */
  private static final class Slot {
    private @Nullable Far first;
    private boolean opened;

    /** False when it was opened before. */
    synchronized boolean add(Far far) {
      if (!opened) {
        far.next = first;
        if (first != null) {
          first.previous = far;
        }
        first = far;
      }
      return !opened;
    }

    /** False when it was opened before. */
    synchronized boolean remove(Far far) {
      if (opened) {
        return false;
      }
      if (far.previous != null) {
        far.previous.next = far.next;
      } else if (first == far) {
        first = far.next;
      }
      if (far.next != null) {
        far.next.previous = far.previous;
      }
      far.previous = null;
      far.next = null;
      return true;
    }

    /** The first of those that are left; nobody leaves any more. */
    synchronized @Nullable Far open() {
      opened = true;
      return first;
    }
  }

  /** One task; its place in the slot is guarded by the slot. */
  private final class Far implements Waiter.Pending {
    private final long due;
    private final Runnable task;
    private final Slot slot;
    private @Nullable Far previous;
    private @Nullable Far next;
    private volatile Waiter.@Nullable Pending near;
    private volatile boolean cancelled;

    Far(long due, Runnable task, Slot slot) {
      this.due = due;
      this.task = task;
      this.slot = slot;
    }

    /** Called once. */
    void hand() {
      Waiter.Pending handed = exact.after(Duration.ofNanos(due - clock.nanoTime()), task);
      near = handed;
      if (cancelled) {
        handed.cancel();
      }
    }

    @Override
    public void cancel() {
      if (!slot.remove(this)) {
        cancelled = true;
        Waiter.Pending handed = near;
        if (handed != null) {
          handed.cancel();
        }
      }
    }
  }
}
