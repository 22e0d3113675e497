package dev.roost.host.run;

import com.sun.management.OperatingSystemMXBean;
import dev.roost.host.limit.Strain;
import dev.roost.spi.HostClock;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import jdk.management.VirtualThreadSchedulerMXBean;

/**
 * Measures this process: its CPU, the virtual threads that want a carrier, how long a new one waits
 * for its first step, and the heap after collections. One thread asks.
 */
final class ProcessStrain {
  private static final double NEW = 0.2;

  private final HostClock clock;
  private final int cores;
  private final double cpuThreshold;

  /** When the probe that has not run yet was started; 0 for none. */
  private final AtomicLong probe = new AtomicLong();

  private final AtomicLong lastDelay = new AtomicLong();
  private double cpu;
  private double queue;

  /** Loaded by the first measurement: a start has better to do. */
  private static final class Machine {
    static final OperatingSystemMXBean SYSTEM =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    static final VirtualThreadSchedulerMXBean CARRIERS =
        ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class);
    static final List<MemoryPoolMXBean> HEAP =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .toList();
  }

  ProcessStrain(HostClock clock, int cores, double cpuThreshold) {
    this.cores = cores;
    this.clock = clock;
    this.cpuThreshold = cpuThreshold;
  }

  Strain measure() {
    cpu += NEW * (Math.clamp(Machine.SYSTEM.getProcessCpuLoad(), 0, 1) - cpu);
    // A mounted thread may wait for the network; carriers beyond the usual stand for queued ones.
    double usual = cores + Math.max(1, cores / 2);
    double runnable =
        cpu * cores
            + Math.max(0, Machine.CARRIERS.getQueuedVirtualThreadCount())
            + Math.max(0, Machine.CARRIERS.getMountedVirtualThreadCount() - usual);
    queue += NEW * (runnable / cores - queue);
    return new Strain(queue, cpu, cpuThreshold, carrierDelay(), heap());
  }

  private double carrierDelay() {
    long now = clock.nanoTime();
    long pending = probe.get();
    if (pending == 0) {
      probe.set(now);
      Thread.ofVirtual()
          .name("roost-probe")
          .start(() -> {
            lastDelay.set(clock.nanoTime() - now);
            probe.set(0);
          });
      return lastDelay.get() / 1e9;
    }
    return Math.max(lastDelay.get(), now - pending) / 1e9;
  }

  private double heap() {
    double used = 0;
    for (MemoryPoolMXBean pool : Machine.HEAP) {
      MemoryUsage after = pool.getCollectionUsage();
      if (after != null) {
        used += after.getUsed();
      }
    }
    return used / Runtime.getRuntime().maxMemory();
  }
}
