package dev.roost.benchmarks.overhead;

import java.nio.file.Path;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs {@link Invocations} and prints a table. Arguments: the repository's root, {@code --short}.
 */
public final class Overhead {
  private Overhead() {}

  /** Measures every event with and without log lines, each in a process of its own. */
  public static void main(String[] args) throws RunnerException {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include(Invocations.class.getName())
            // Its output goes nowhere: results come through a socket, and log lines are not for us.
            .jvm(Path.of(args[0]).resolve("benchmarks/silent-java").toString())
            .addProfiler(CpuTime.class)
            .addProfiler(GCProfiler.class);
    if (args.length > 1 && args[1].equals("--short")) {
      options
          .warmupIterations(3)
          .measurementIterations(3)
          .warmupTime(TimeValue.seconds(2))
          .measurementTime(TimeValue.seconds(2));
    }
    var results = new Runner(options.build()).run();
    System.out.printf(
        "%n| event | log level | invocations/s | CPU ms per 1,000 | bytes each |%n"
            + "|---|---|---|---|---|%n");
    results.forEach(Overhead::print);
  }

  private static void print(RunResult result) {
    var more = result.getAggregatedResult().getSecondaryResults();
    System.out.printf(
        "| %s | %s | %.0f | %.2f | %.0f |%n",
        result.getParams().getParam("shape"),
        result.getParams().getParam("level"),
        result.getPrimaryResult().getScore(),
        more.get(CpuTime.NAME).getScore(),
        more.get("gc.alloc.rate.norm").getScore());
  }
}
