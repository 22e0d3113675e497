package dev.roost.benchmarks.start;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/** One program under one treatment, and what each of its starts took. */
final class Row {
  private final Program program;
  private final Treatment treatment;
  private final List<Figures> starts = new ArrayList<>();

  /**
   * Of one start.
   *
   * @param millis from exec to the first 200
   * @param cpuSeconds until then
   * @param resident MiB when it has idled
   */
  record Figures(double millis, double cpuSeconds, double resident) {}

  Row(Program program, Treatment treatment) {
    this.program = program;
    this.treatment = treatment;
  }

  /** Makes the program's cache with one start and one request; false when the JVM makes none. */
  static boolean train(Program program) throws IOException {
    try (Started training = Started.of(program, List.of("-XX:AOTCacheOutput=" + program.cache()))) {
      System.err.printf("%s: trained in %d ms%n", program.name(), training.millis());
    }
    return Files.exists(program.cache());
  }

  /** One more start, then so many seconds of idling. */
  void measure(int idleSeconds) throws IOException, InterruptedException {
    Path cache = program.cache();
    try (Started started = Started.of(program, treatment.options(cache))) {
      TimeUnit.SECONDS.sleep(idleSeconds);
      starts.add(new Figures(started.millis(), started.cpuSeconds(), started.residentMebibytes()));
    }
  }

  /** Forgets what was measured: the first start of each reads from a cold disk. */
  void forget() {
    starts.clear();
  }

  double median(ToDoubleFunction<Figures> figure) {
    double[] sorted = starts.stream().mapToDouble(figure).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  /** The row of the table. */
  String line() {
    return "| %s, %s | %.0f | %.0f to %.0f | %.2f | %.0f |"
        .formatted(
            program.name(),
            treatment.label(),
            median(Figures::millis),
            starts.stream().mapToDouble(Figures::millis).min().orElseThrow(),
            starts.stream().mapToDouble(Figures::millis).max().orElseThrow(),
            median(Figures::cpuSeconds),
            median(Figures::resident));
  }

  /** True of Roost's rows and those of the others under the same treatment. */
  boolean isComparedWith(Row other) {
    return program.isRoost() && !other.program.isRoost() && treatment == other.treatment;
  }

  /** This row as a multiple of another. */
  String against(Row other) {
    return "- %s, %s against %s: %.2f of the time, %.2f of the CPU, %.2f of the memory"
        .formatted(
            program.name(),
            treatment.label(),
            other.program.name() + ", " + other.treatment.label(),
            median(Figures::millis) / other.median(Figures::millis),
            median(Figures::cpuSeconds) / other.median(Figures::cpuSeconds),
            median(Figures::resident) / other.median(Figures::resident));
  }
}
