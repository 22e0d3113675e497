package dev.roost.benchmarks.start;

import dev.roost.benchmarks.Machine;
import dev.roost.benchmarks.Stub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Apps of 1 to 1,000 functions: the first start, which searches the jar, and the next, which
 * remembers; then all of them idle side by side, each on a storage account of its own that counts.
 */
final class ManyFunctions {
  private static final List<Integer> SIZES = List.of(1, 10, 100, 1_000);

  /** Until the pauses between the polls of an empty queue have their full length, a minute. */
  private static final int SETTLE_SECONDS = 135;

  private static final int WINDOW_SECONDS = 60;

  private final int functions;
  private final Path index;
  private final Stub stub;
  private final Program program;
  private final List<Started> firsts = new ArrayList<>();
  private final List<Started> nexts = new ArrayList<>();

  private ManyFunctions(Path root, Path work, int functions) throws IOException {
    this.functions = functions;
    this.index = work.resolve("index" + functions);
    this.stub = Stub.start(root);
    this.program =
        Program.roost(
            root,
            GeneratedApp.write(work, functions),
            "/api/function0",
            index,
            Map.of(
                "AzureWebJobsStorage",
                stub.connectionString(),
                "AzureFunctionsWebHost__hostid",
                "startup"));
  }

  /** Measures and prints the tables. */
  static void measure(Path root, Path work, int rounds) throws IOException, InterruptedException {
    List<ManyFunctions> apps = new ArrayList<>();
    try {
      for (int size : SIZES) {
        apps.add(new ManyFunctions(root, work, size));
      }
      for (int round = 0; round <= rounds; round++) {
        for (ManyFunctions app : apps) {
          app.startTwice(round > 0);
        }
      }
      System.out.printf(
          "%s, medians of %d:%n%n"
              + "| functions | first start ms (CPU s) | next start ms (CPU s) |%n|---|---|---|%n",
          Machine.line(), rounds);
      apps.forEach(app -> System.out.println(app.startLine()));
      idle(apps);
    } finally {
      apps.forEach(app -> app.stub.close());
    }
  }

  private void startTwice(boolean counts) throws IOException {
    forgetFunctions();
    for (List<Started> starts : List.of(firsts, nexts)) {
      try (Started started = Started.of(program, Treatment.AOT.options(program.cache()))) {
        if (counts) {
          starts.add(started);
        }
      }
    }
  }

  private void forgetFunctions() throws IOException {
    if (Files.exists(index)) {
      List<Path> files;
      try (Stream<Path> all = Files.list(index)) {
        files = all.toList();
      }
      for (Path file : files) {
        Files.delete(file);
      }
    }
  }

  private String startLine() {
    return "| %,d | %s | %s |".formatted(functions, medians(firsts), medians(nexts));
  }

  private static String medians(List<Started> starts) {
    return "%.0f (%.2f)"
        .formatted(
            Machine.median(starts.stream().mapToDouble(Started::millis).toArray()),
            Machine.median(starts.stream().mapToDouble(Started::cpuSeconds).toArray()));
  }

  private static void idle(List<ManyFunctions> apps) throws IOException, InterruptedException {
    List<Started> hosts = new ArrayList<>();
    try {
      for (ManyFunctions app : apps) {
        hosts.add(Started.of(app.program, Treatment.AOT.options(app.program.cache())));
      }
      TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
      List<Double> cpu = new ArrayList<>();
      for (int i = 0; i < apps.size(); i++) {
        cpu.add(hosts.get(i).cpuNow());
        apps.get(i).stub.load(0);
      }
      TimeUnit.SECONDS.sleep(WINDOW_SECONDS);
      System.out.printf(
          "%n| functions | idle CPU ms a minute | storage calls an idle hour | resident MiB"
              + " |%n|---|---|---|---|%n");
      for (int i = 0; i < apps.size(); i++) {
        System.out.printf(
            "| %,d | %.0f | %,d | %.0f |%n",
            apps.get(i).functions,
            (hosts.get(i).cpuNow() - cpu.get(i)) * 1_000 * 60 / WINDOW_SECONDS,
            apps.get(i).stub.figures().requests() * 3_600 / WINDOW_SECONDS,
            hosts.get(i).residentMebibytes());
      }
    } finally {
      hosts.forEach(Started::close);
    }
  }
}
