package dev.roost.host.run;

import com.sun.management.OperatingSystemMXBean;
import dev.roost.spi.HostClock;
import dev.roost.spi.Waiter;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import jdk.management.VirtualThreadSchedulerMXBean;

/**
 * Keeps virtual threads moving. User code that computes without ever blocking leaves its carrier to
 * nobody: a probe that has not started when two more would have been due shows it, and then there
 * are twice as many carriers, up to the scheduler's own bound; the operating system shares the
 * processors among them. An event loop that waits holds a carrier and leaves its processor idle:
 * while virtual threads wait although processors are idle, there is one carrier more. They are
 * taken back when probes have started soon for a while, because each that is not needed costs all
 * others: functions that often block run best on few.
 */
public final class Carriers implements AutoCloseable {
  private static final Logger LOG = System.getLogger("Host.General");
  private static final Duration FIRST = Duration.ofSeconds(2);
  private static final Duration PERIOD = Duration.ofMillis(100);
  private static final int MISSED = 2; // probes that would have been due before carriers are added
  private static final Duration SOON = Duration.ofMillis(50);
  private static final int CALM = 30; // probes that started soon before carriers are taken back
  private static final int WASTED = 5; // probes with something waiting and a processor idle
  private static final double BUSY = 0.85; // of the machine
  private static final int NUDGES = 8;
  private static final int MOST = 256; // the scheduler has no more than that
  private static final String PARALLELISM = "jdk.virtualThreadScheduler.parallelism";

  private final Waiter waiter;
  private final HostClock clock;
  private final int least;
  private int carriers;
  private int calm;
  private int idle;
  private int missed;
  private long sent;
  private volatile long delay; // nanoseconds
  private volatile boolean started = true;
  private volatile boolean closed;

  /** Loaded by the first probe: a start has better to do. */
  private static final class Machine {
    private static final VirtualThreadSchedulerMXBean SCHEDULER =
        ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class);
    private static final OperatingSystemMXBean SYSTEM =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  }

  private Carriers(Waiter waiter, HostClock clock, int least) {
    this.waiter = waiter;
    this.clock = clock;
    this.least = least;
    this.carriers = least;
  }

  /**
   * On one processor there are two carriers, since an event loop holds one while it waits. Only
   * before the first virtual thread of this JVM; what a user has set stays.
   */
  public static void provide() {
    if (Runtime.getRuntime().availableProcessors() == 1
        && System.getProperty(PARALLELISM) == null) {
      System.setProperty(PARALLELISM, "2");
    }
  }

  /** Watches until it is closed. */
  public static Carriers watch(Waiter waiter, HostClock clock) {
    int least = Integer.getInteger(PARALLELISM, Runtime.getRuntime().availableProcessors());
    Carriers carriers = new Carriers(waiter, clock, least);
    waiter.after(FIRST, carriers::probe);
    return carriers;
  }

  private synchronized void probe() {
    if (closed) {
      return;
    }
    if (started) {
      missed = 0;
      inTime();
      started = false;
      sent = clock.nanoTime();
      Thread.ofVirtual().name("roost-probe").start(this::begin);
    } else if (++missed >= MISSED) {
      missed = 0;
      if (carriers < MOST) {
        set(Math.min(MOST, carriers * 2));
      }
      nudge();
    }
    waiter.after(PERIOD, this::probe);
  }

  private void begin() {
    delay = clock.nanoTime() - sent;
    started = true;
  }

  private void inTime() {
    boolean queued = Machine.SCHEDULER.getQueuedVirtualThreadCount() > 0;
    // The one more that an idle processor asked for stays while anything waits.
    boolean needed = carriers <= least + 1 && queued;
    calm = needed || delay > SOON.toNanos() ? 0 : calm + 1;
    idle = queued && carriers < 2 * least && Machine.SYSTEM.getCpuLoad() < BUSY ? idle + 1 : 0;
    if (idle >= WASTED) {
      set(carriers + 1);
      nudge();
    } else if (carriers > least && calm >= CALM) {
      set(Math.max(least, carriers / 2));
    }
  }

  /**
   * The scheduler starts a carrier only for a task that comes into an empty queue of its own, and
   * chooses the queue by the thread that brings it: so threads that have brought none yet.
   */
  private static void nudge() {
    for (int i = 0; i < NUDGES; i++) {
      Thread.ofPlatform().daemon().start(() -> Thread.startVirtualThread(() -> {}));
    }
  }

  private void set(int wanted) {
    calm = 0;
    idle = 0;
    LOG.log(
        Level.DEBUG,
        "Virtual threads wait for carriers or did: {0} instead of {1}",
        wanted,
        carriers);
    carriers = wanted;
    Machine.SCHEDULER.setParallelism(wanted);
  }

  /** How many there are now. */
  synchronized int count() {
    return carriers;
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (carriers != least) {
      set(least);
    }
  }
}
