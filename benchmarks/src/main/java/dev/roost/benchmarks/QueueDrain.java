package dev.roost.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Drains no-op messages: the packaged host against the best {@link HandWrittenLoop}, in turn, each
 * in a fresh process that is warmed up first. Arguments: the repository's root, {@code --short},
 * {@code stub} or {@code azurite} for one of the two, {@code loops=64} for one rival, {@code
 * key=value} for host.json.
 */
public final class QueueDrain {
  private static final List<Integer> PARALLEL = List.of(4, 16, 64);
  private static final String LOOPS = "loops=";

  private final Path root;
  private final Plan plan;
  private final Side roost;
  private final List<Integer> parallel;

  private QueueDrain(Path root, Plan plan, List<String> arguments) {
    this.root = root;
    this.plan = plan;
    this.roost = Side.roost(root, settings(arguments));
    this.parallel =
        arguments.stream()
            .filter(argument -> argument.startsWith(LOOPS))
            .findFirst()
            .map(argument -> List.of(Integer.valueOf(argument.substring(LOOPS.length()))))
            .orElse(PARALLEL);
  }

  /**
   * How much is measured.
   *
   * @param pairs of one Roost and one loop
   * @param warmUp messages before, from the stub
   * @param measured messages of one process, at most {@code portion} at a time
   * @param portion queued at a time
   */
  private record Plan(int pairs, int warmUp, int measured, int portion) {}

  /** Measures and prints tables. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Quiet.azure();
    List<String> rest = List.of(args).subList(1, args.length);
    Path root = Path.of(args[0]).toAbsolutePath().normalize();
    boolean brief = rest.contains("--short");
    System.out.println(Machine.line());
    System.out.println("host.json of Roost: " + settings(rest));
    if (!rest.contains("azurite")) {
      try (Tap tap = Tap.Canned.start(root)) {
        Plan plan =
            brief ? new Plan(2, 60_000, 20_000, 20_000) : new Plan(5, 100_000, 20_000, 20_000);
        new QueueDrain(root, plan, rest).measure("the stub", tap);
      }
    }
    if (!rest.contains("stub")) {
      try (Tap tap = Tap.Emulated.start(root)) {
        Plan plan = brief ? new Plan(3, 60_000, 3_000, 1_000) : new Plan(5, 100_000, 4_000, 1_000);
        new QueueDrain(root, plan, rest).measure("Azurite", tap);
      }
    }
  }

  private static Map<String, String> settings(List<String> arguments) {
    Map<String, String> settings =
        new TreeMap<>(
            Map.of(
                "AzureFunctionsJobHost__extensions__queues__batchSize", "32",
                "AzureFunctionsJobHost__extensions__queues__newBatchThreshold", "32",
                "AzureFunctionsJobHost__extensions__queues__maxPollingInterval", "00:00:00.1"));
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      if (equals > 0 && !argument.startsWith(LOOPS)) {
        settings.put(
            "AzureFunctionsJobHost__" + argument.substring(0, equals),
            argument.substring(equals + 1));
      }
    }
    return settings;
  }

  private void measure(String account, Tap tap) throws IOException, InterruptedException {
    List<Drain> loops = new ArrayList<>();
    System.out.printf("%nOn %s: which loop is best%n%n", account);
    head();
    for (int deletes : parallel) {
      Side loop = Side.loop(root, deletes);
      loops.add(tell(loop, run(tap, loop)));
    }
    Drain most = loops.stream().max(Comparator.comparingDouble(Drain::perSecond)).orElseThrow();
    Side best = Side.loop(root, parallel.get(loops.indexOf(most)));
    System.out.printf("%nOn %s: Roost and the best loop in turn%n%n", account);
    head();
    List<Drain> ours = new ArrayList<>();
    List<Drain> theirs = new ArrayList<>();
    for (int pair = 0; pair < plan.pairs; pair++) {
      ours.add(tell(roost, run(tap, roost)));
      theirs.add(tell(best, run(tap, best)));
    }
    System.out.printf(
        "%nOn %s, medians of %d: throughput %.2f of the loop's, CPU %.2f of the loop's%n",
        account,
        plan.pairs,
        median(ours, Drain::perSecond) / median(theirs, Drain::perSecond),
        median(ours, Drain::cpuPerThousand) / median(theirs, Drain::cpuPerThousand));
  }

  private Drain run(Tap tap, Side side) throws IOException, InterruptedException {
    tap.prepare();
    Process process = side.start(tap.connectionString(), ProcessBuilder.Redirect.DISCARD);
    try {
      tap.warmUp(process, plan.warmUp);
      // What the compilers still have to do belongs to nobody's messages.
      TimeUnit.SECONDS.sleep(1);
      return drain(tap, process, plan.measured);
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private Drain drain(Tap tap, Process process, int messages)
      throws IOException, InterruptedException {
    Drain sum = tap.drain(process, Math.min(messages, plan.portion));
    while (sum.messages() < messages) {
      sum = sum.plus(tap.drain(process, Math.min(messages - sum.messages(), plan.portion)));
    }
    return sum;
  }

  private static void head() {
    System.out.println("| side | messages/s | CPU s per 1,000 |");
    System.out.println("|---|---|---|");
  }

  private static Drain tell(Side side, Drain drain) {
    System.out.printf(
        "| %s | %.0f | %.3f |%n", side.name(), drain.perSecond(), drain.cpuPerThousand());
    return drain;
  }

  private static double median(
      List<Drain> drains, java.util.function.ToDoubleFunction<Drain> figure) {
    return Machine.median(drains.stream().mapToDouble(figure).toArray());
  }
}
