package dev.roost.benchmarks;

import com.azure.storage.queue.QueueClient;
import dev.roost.testkit.Azurite;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * The moving limit against fixed ones on a full queue in Azurite, from a cold start, and its answer
 * to ten times as many messages. Arguments: the repository's root, {@code sleep}, {@code cpu} or
 * {@code knee}.
 */
public final class Concurrency {
  private static final List<Integer> FIXED = List.of(4, 12, 24, 48);
  private static final double SETTLED = 8;
  private static final double SECONDS = 18;
  private static final String PREFIX = "AzureFunctionsJobHost__";

  private final Path root;
  private final Load load;
  private final Azurite azurite;
  private final Downstream downstream;
  private final QueueClient queue;

  /** What a message costs. */
  private enum Load {
    SLEEP("Sleep", 7000, 20),
    CPU("Compute", 5000, 10),
    KNEE("Call", 7000, 20);

    final String function;
    final int messages;
    final int trickle;

    Load(String function, int messages, int trickle) {
      this.function = function;
      this.messages = messages;
      this.trickle = trickle;
    }
  }

  private Concurrency(Path root, Load load, Azurite azurite, Downstream downstream) {
    this.root = root;
    this.load = load;
    this.azurite = azurite;
    this.downstream = downstream;
    this.queue = HandWrittenLoop.queue(azurite.connectionString(), Side.QUEUE);
  }

  /** Measures and prints a table; draws two courses into docs. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Quiet.azure();
    Path root = Path.of(args[0]).toAbsolutePath().normalize();
    Load load = Load.valueOf(args.length > 1 ? args[1].toUpperCase(Locale.ROOT) : "SLEEP");
    System.out.println(Machine.line());
    try (Azurite azurite = Azurite.launch();
        Downstream downstream = Downstream.start(20)) {
      new Concurrency(root, load, azurite, downstream).measure();
    }
  }

  private void measure() throws IOException, InterruptedException {
    queue.create();
    System.out.printf("%n| %s | events/s | limit |%n|---|---|---|%n", load.function);
    double best = 0;
    for (int fixed : FIXED) {
      double rate = run(fixed(fixed)).rate(SETTLED, SECONDS);
      System.out.printf("| fixed %d | %.0f | %d |%n", fixed, rate, fixed);
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
    return Hosted.start(
        Side.host(root, root.resolve("benchmarks/target/classes"), load.function, all),
        azurite.connectionString());
  }

  private Course run(Map<String, String> settings) throws IOException, InterruptedException {
    int missing = load.messages - (int) queue.getProperties().getApproximateMessagesCountLong();
    IntStream.range(0, Math.max(0, missing)).parallel().forEach(i -> queue.sendMessage("message"));
    try (Hosted host = host(settings)) {
      return Course.of(host, SECONDS + 0.5);
    }
  }

  private void jump() throws IOException, InterruptedException {
    queue.clearMessages();
    double jumpAt = 8;
    try (Hosted host = host(Map.of());
        ScheduledExecutorService sender = Executors.newScheduledThreadPool(8)) {
      sender.scheduleAtFixedRate(
          () -> queue.sendMessage("message"), 0, 1_000_000 / load.trickle, TimeUnit.MICROSECONDS);
      for (int i = 0; i < 9; i++) {
        sender.scheduleAtFixedRate(
            () -> queue.sendMessage("message"),
            (long) (jumpAt * 1e6) + i * 100_000L / load.trickle,
            1_000_000 / load.trickle,
            TimeUnit.MICROSECONDS);
      }
      Course course = Course.of(host, SECONDS);
      sender.shutdownNow();
      System.out.printf(
          "from %d/s to %d/s: 90 %% of it %.1f s after the jump; %.0f/s at the end%n",
          load.trickle,
          10 * load.trickle,
          course.reaches(9.0 * load.trickle, jumpAt),
          course.rate(SECONDS - 5, SECONDS - 0.5));
      draw(course, "ten times as many from second 8 on", "jump");
    }
  }

  private void draw(Course course, String title, String name) throws IOException {
    String file = "concurrency-" + load.name().toLowerCase(Locale.ROOT) + "-" + name;
    Plot.write(course, load.function + ": " + title, root.resolve("docs/" + file + ".svg"));
  }
}
