package dev.roost.benchmarks.overhead;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.ScalarResult;

/** The CPU time of the whole process for 1,000 operations: all threads, collector and compilers. */
public final class CpuTime implements InternalProfiler {
  static final String NAME = "cpu.norm";
  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private long before;

  @Override
  public String getDescription() {
    return "CPU time of the process per operation";
  }

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    before = SYSTEM.getProcessCpuTime();
  }

  @Override
  public Collection<ScalarResult> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    double millis = (SYSTEM.getProcessCpuTime() - before) / 1e6;
    return List.of(
        new ScalarResult(
            NAME,
            millis * 1_000 / result.getMetadata().getAllOps(),
            "ms/1000",
            AggregationPolicy.AVG));
  }
}
