package dev.roost.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * The moving limit against fixed ones on a full queue, from a cold start, and its answer to ten
 * times as many messages. The queue is the stub's: Azurite slows down by its own length long before
 * a limit matters. Arguments: the repository's root, and {@code sleep}, {@code cpu} or {@code knee}
 * for one of them.
 */
public final class Concurrency {
  private static final double SETTLED = 7;
  private static final double SECONDS = 14;
  private static final double JUMP = 6;
  private static final int MANY = 1_000_000;
  private static final String PREFIX = "AzureFunctionsJobHost__";

  private final Path root;
  private final Load load;
  private final Stub account;
  private final Downstream downstream;

  /** What a message costs. */
  private enum Load {
    SLEEP("Sleep", List.of(32, 96, 256), 20),
    CPU("Compute", List.of(2, 4, 16), 15),
    KNEE("Call", List.of(16, 22, 40), 30);

    final String function;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    final List<Integer> fixed;

    final int trickle;

    Load(String function, List<Integer> fixed, int trickle) {
      this.function = function;
      this.fixed = fixed;
      this.trickle = trickle;
    }
  }

  private Concurrency(Path root, Load load, Stub account, Downstream downstream) {
    this.root = root;
    this.load = load;
    this.account = account;
    this.downstream = downstream;
  }

  /** Measures and prints tables; draws two courses for each load into docs. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path root = Path.of(args[0]).toAbsolutePath().normalize();
    System.out.println(Machine.line());
    for (Load load : Load.values()) {
      if (args.length == 1 || args[1].equalsIgnoreCase(load.name())) {
        try (Stub account = Stub.start(root);
            Downstream downstream = Downstream.start(20)) {
          new Concurrency(root, load, account, downstream).measure();
        }
      }
    }
  }

  private void measure() throws IOException, InterruptedException {
    System.out.printf("%n| %s | events/s | limit |%n|---|---|---|%n", load.function);
    double best = 0;
    for (int fixed : load.fixed) {
      double rate = run(fixed(fixed)).rate(SETTLED, SECONDS);
      System.out.printf("| fixed | %.0f | %d |%n", rate, fixed);
      best = Math.max(best, rate);
    }
    Course moving = run(Map.of());
    double rate = moving.rate(SETTLED, SECONDS);
    System.out.printf("| moving | %.0f | %d |%n", rate, moving.samples().getLast().limit());
    System.out.printf(
        "%nmoving: %.2f of the best fixed limit, 90 %% of it %.1f s after the start%n",
        rate / best, moving.reaches(0.9 * best, 0));
    draw(moving, "cold start on a full queue", "cold");
    jump();
  }

  private static Map<String, String> fixed(int limit) {
    int page = Math.clamp(limit / 2, 1, 32);
    return Map.of(
        PREFIX + "concurrency__dynamicConcurrencyEnabled", "false",
        PREFIX + "extensions__queues__batchSize", Integer.toString(page),
        PREFIX + "extensions__queues__newBatchThreshold", Integer.toString(limit - page));
  }

  private Hosted host(Map<String, String> settings) throws IOException {
    Map<String, String> all = new TreeMap<>(settings);
    all.put("AZURE_FUNCTIONS_ENVIRONMENT", "Development");
    all.put("DOWNSTREAM", downstream.address());
    all.put(PREFIX + "extensions__queues__maxPollingInterval", "00:00:00.1");
    all.put(PREFIX + "concurrency__snapshotPersistenceEnabled", "false");
    Path app = root.resolve("benchmarks/target/classes");
    return Hosted.start(Side.host(root, app, load.function, all), account.connectionString());
  }

  private Course run(Map<String, String> settings) throws IOException, InterruptedException {
    account.load(MANY);
    try (Hosted host = host(settings)) {
      return Course.of(host, SECONDS + 0.5);
    }
  }

  /** A tenth of a second's messages each tenth of a second. */
  private void jump() throws IOException, InterruptedException {
    account.load(0);
    try (Hosted host = host(Map.of())) {
      long begin = System.nanoTime();
      Thread sender = Thread.ofPlatform().daemon().start(() -> send(begin));
      Course course = Course.of(host, SECONDS);
      sender.interrupt();
      System.out.printf(
          Locale.ROOT,
          "from %d/s to %d/s: 90 %% of it %.1f s after the jump; %.0f/s at the end%n",
          load.trickle,
          10 * load.trickle,
          course.reaches(9.0 * load.trickle, JUMP),
          course.rate(SECONDS - 4, SECONDS - 0.5));
      draw(course, "ten times as many from second 6 on", "jump");
    }
  }

  private void send(long begin) {
    try {
      for (long tick = 0; ; tick++) {
        double now = (System.nanoTime() - begin) / 1e9;
        double each = load.trickle / 10.0 * (now < JUMP ? 1 : 10);
        account.load((int) (Math.floor((tick + 1) * each) - Math.floor(tick * each)));
        TimeUnit.MILLISECONDS.sleep(
            Math.max(1, 100 * (tick + 1) - (System.nanoTime() - begin) / 1_000_000));
      }
    } catch (IOException | InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void draw(Course course, String title, String name) throws IOException {
    String file = "concurrency-" + load.name().toLowerCase(Locale.ROOT) + "-" + name + ".svg";
    Plot.write(course, load.function + ": " + title, root.resolve("docs").resolve(file));
  }
}
