package dev.roost.host.run;

import dev.roost.spi.Waiter;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import jdk.management.VirtualThreadSchedulerMXBean;

/**
 * Keeps virtual threads moving while user code computes without ever blocking: such code leaves its
 * carrier to nobody. A probe that has not started when the next is due shows it; then there are
 * twice as many carriers, up to the scheduler's own bound, and the operating system shares the
 * processors among them. They are taken back when probes have been in time for a while.
 */
public final class Carriers implements AutoCloseable {
  private static final Logger LOG = System.getLogger("Host.General");
  private static final Duration PERIOD = Duration.ofMillis(100);
  private static final int CALM = 30; // probes in time before carriers are taken back
  private static final int NUDGES = 8;
  private static final int MOST = 256; // the scheduler has no more than that
  private static final String PARALLELISM = "jdk.virtualThreadScheduler.parallelism";

  private final Waiter waiter;
  private final int least;
  private int carriers;
  private int inTime;
  private volatile boolean started = true;
  private volatile boolean closed;

  private Carriers(Waiter waiter, int least) {
    this.waiter = waiter;
    this.least = least;
    this.carriers = least;
  }

  /**
   * Makes room for the event loops, each of which holds a carrier while it waits. Only before the
   * first virtual thread of this JVM; what a user has set stays.
   */
  public static void provide() {
    int processors = Runtime.getRuntime().availableProcessors();
    if (System.getProperty(PARALLELISM) == null) {
      int carriers = processors + Math.max(1, processors / 2);
      System.setProperty(PARALLELISM, Integer.toString(carriers));
    }
  }

  /** Watches until it is closed. */
  public static Carriers watch(Waiter waiter) {
    int least = Integer.getInteger(PARALLELISM, Runtime.getRuntime().availableProcessors());
    Carriers carriers = new Carriers(waiter, least);
    carriers.probe();
    return carriers;
  }

  private synchronized void probe() {
    if (closed) {
      return;
    }
    if (started) {
      if (carriers > least && ++inTime >= CALM) {
        set(Math.max(least, carriers / 2));
      }
      started = false;
      Thread.ofVirtual().name("roost-probe").start(() -> started = true);
    } else {
      if (carriers < MOST) {
        set(Math.min(MOST, carriers * 2));
      }
      nudge();
    }
    waiter.after(PERIOD, this::probe);
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
    inTime = 0;
    LOG.log(
        Level.DEBUG,
        "Virtual threads wait for carriers or did: {0} instead of {1}",
        wanted,
        carriers);
    carriers = wanted;
    ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class).setParallelism(wanted);
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
