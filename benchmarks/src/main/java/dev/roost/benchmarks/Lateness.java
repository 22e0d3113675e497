package dev.roost.benchmarks;

import dev.roost.benchmarks.app.Ticks;
import dev.roost.testkit.Azurite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How late functions start whose timers are due in the same second: on an otherwise idle host, and
 * beside functions that use the processors. Arguments: the repository's root, {@code --short}.
 */
public final class Lateness {
  private static final int TIMERS = 100;
  private static final int BURNING = Runtime.getRuntime().availableProcessors();

  private Lateness() {}

  /** Measures and prints a table. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path root = Path.of(args[0]).toAbsolutePath().normalize();
    boolean brief = List.of(args).contains("--short");
    Rounds rounds = brief ? new Rounds(3, 6) : new Rounds(12, 36);
    System.out.println(Machine.line());
    System.out.printf(
        "%n| %d timers in the same second | starts | p50 ms | p99 ms | max ms"
            + " |%n|---|---|---|---|---|%n",
        TIMERS);
    try (Azurite azurite = Azurite.launch()) {
      measure(root, azurite, 0, rounds, "idle");
      measure(
          root,
          azurite,
          BURNING,
          rounds,
          BURNING + " more each second that use a processor for 300 ms");
    }
  }

  /**
   * Rounds of five seconds.
   *
   * @param warm those that are not counted: some timers have no lock yet, then much is compiled
   */
  private record Rounds(int warm, int counted) {}

  private static void measure(Path root, Azurite azurite, int burning, Rounds rounds, String label)
      throws IOException, InterruptedException {
    Path app = app(root, burning);
    Side side =
        Side.host(root, app, "", Map.of("AzureFunctionsWebHost__hostid", "lateness" + burning));
    double[] late = new double[rounds.counted() * TIMERS];
    try (Hosted host = Hosted.start(side, azurite.connectionString())) {
      for (int i = 0; i < rounds.warm() * TIMERS; i++) {
        host.nextArrival();
      }
      for (int i = 0; i < late.length; i++) {
        late[i] = host.nextArrival();
      }
    }
    System.out.printf(
        "| %s | %d | %.1f | %.1f | %.1f |%n",
        label,
        late.length,
        Machine.percentile(late, 0.5),
        Machine.percentile(late, 0.99),
        Machine.percentile(late, 1));
  }

  /** A folder with the class and a function.json for each timer. */
  private static Path app(Path root, int burning) throws IOException {
    Path app = Files.createTempDirectory("roost-benchmark");
    String file = Ticks.class.getName().replace('.', '/') + ".class";
    Files.createDirectories(app.resolve(file).getParent());
    Files.copy(root.resolve("benchmarks/target/classes").resolve(file), app.resolve(file));
    for (int i = 0; i < TIMERS; i++) {
      function(app, "Tick" + i, "tick", "*/5 * * * * *");
    }
    for (int i = 0; i < burning; i++) {
      function(app, "Burn" + i, "burn", "* * * * * *");
    }
    return app;
  }

  private static void function(Path app, String name, String method, String schedule)
      throws IOException {
    Path function = Files.createDirectories(app.resolve(name));
    Files.writeString(
        function.resolve("function.json"),
        """
        {
          "scriptFile": "../app.jar",
          "entryPoint": "%s.%s",
          "bindings": [{
            "type": "timerTrigger", "direction": "in", "name": "timer", "schedule": "%s"
          }]
        }
        """
            .formatted(Ticks.class.getName(), method, schedule));
  }
}
