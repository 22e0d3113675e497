package dev.roost.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * The moving limit against fixed ones on a full queue, from a cold start, and its answer to ten
 * times as many messages. Arguments: the repository's root, {@code sleep}, {@code cpu} or {@code
 * knee} for one of them, {@code azurite} for a queue of Azurite instead of the stub's.
 */
public final class Concurrency {
  private static final double SETTLED = 7;
  private static final double SECONDS = 14;
  private static final double JUMP = 6;
  private static final String PREFIX = "AzureFunctionsJobHost__";

  private final Path root;
  private final Load load;
  private final Account account;
  private final Messages messages;
  private final Downstream downstream;
  private volatile boolean sending;

  /** What a message costs. */
  private enum Load {
    SLEEP("Sleep", 20),
    CPU("Compute", 15),
    KNEE("Call", 30);

    final String function;
    final int trickle;

    Load(String function, int trickle) {
      this.function = function;
      this.trickle = trickle;
    }
  }

  /**
   * Where the queue is.
   *
   * @param rounds of all limits in turn: a real server swings
   * @param most messages a second of which it can take ten times as many
   */
  private record Account(String name, int rounds, int most, Map<Load, List<Integer>> fixed) {
    static final Account STUB =
        new Account(
            "stub",
            1,
            100,
            Map.of(
                Load.SLEEP, List.of(64, 256, 512, 1024),
                Load.CPU, List.of(2, 4, 16, 32),
                Load.KNEE, List.of(16, 22, 28, 40)));

    /** One core of its own: some 200 messages a second. */
    static final Account AZURITE =
        new Account(
            "azurite",
            3,
            10,
            Map.of(
                Load.SLEEP, List.of(24, 64, 128),
                Load.CPU, List.of(2, 6, 16),
                Load.KNEE, List.of(20, 40, 80)));

    Messages open(Path root) throws IOException {
      return rounds == 1 ? Stub.start(root) : new AzuriteMessages();
    }
  }

  private Concurrency(
      Path root, Load load, Account account, Messages messages, Downstream downstream) {
    this.root = root;
    this.load = load;
    this.account = account;
    this.messages = messages;
    this.downstream = downstream;
  }

  /** Measures and prints tables; draws two courses for each load into docs. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Quiet.azure();
    Path root = Path.of(args[0]).toAbsolutePath().normalize();
    List<String> wanted = List.of(args).subList(1, args.length);
    Account account = wanted.contains("azurite") ? Account.AZURITE : Account.STUB;
    System.out.println(Machine.line());
    for (Load load : Load.values()) {
      boolean named = wanted.contains(load.name().toLowerCase(Locale.ROOT));
      if (named || wanted.stream().allMatch("azurite"::equals)) {
        try (Messages messages = account.open(root);
            Downstream downstream = Downstream.start(20)) {
          new Concurrency(root, load, account, messages, downstream).measure();
        }
      }
    }
  }

  private void measure() throws IOException, InterruptedException {
    List<Integer> limits = account.fixed().getOrDefault(load, List.of());
    Map<Integer, List<Double>> rates = new TreeMap<>();
    List<Course> moving = new ArrayList<>();
    System.out.printf("%n| %s | events/s | limit |%n|---|---|---|%n", load.function);
    for (int round = 0; round < account.rounds(); round++) {
      for (int limit : limits) {
        double rate = run(fixed(limit)).rate(SETTLED, SECONDS);
        System.out.printf("| fixed | %.0f | %d |%n", rate, limit);
        rates.computeIfAbsent(limit, _ -> new ArrayList<>()).add(rate);
      }
      Course course = run(Map.of());
      System.out.printf(
          "| moving | %.0f | %d |%n",
          course.rate(SETTLED, SECONDS), course.samples().getLast().limit());
      moving.add(course);
    }
    double best = rates.values().stream().mapToDouble(Concurrency::median).max().orElseThrow();
    double rate = median(moving.stream().map(each -> each.rate(SETTLED, SECONDS)).toList());
    double reached = median(moving.stream().map(each -> each.reaches(0.9 * best, 0)).toList());
    System.out.printf(
        "%nmoving: %.2f of the best fixed limit, 90 %% of it %.1f s after the start%n",
        rate / best, reached);
    draw(moving.getLast(), "cold start on a full queue", "cold");
    jump();
  }

  private static double median(List<Double> values) {
    return Machine.median(values.stream().mapToDouble(Double::doubleValue).toArray());
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
    return Hosted.start(Side.host(root, app, load.function, all), messages.connectionString());
  }

  private Course run(Map<String, String> settings) throws IOException, InterruptedException {
    messages.fill();
    try (Hosted host = host(settings)) {
      return Course.of(host, SECONDS + 0.5);
    } finally {
      messages.empty();
    }
  }

  /** A tenth of a second's messages each tenth of a second. */
  private void jump() throws IOException, InterruptedException {
    int trickle = Math.min(load.trickle, account.most());
    try (Hosted host = host(Map.of())) {
      long begin = System.nanoTime();
      sending = true;
      Thread sender = Thread.ofPlatform().daemon().start(() -> send(begin, trickle));
      Course course = Course.of(host, SECONDS);
      sending = false;
      sender.join();
      System.out.printf(
          Locale.ROOT,
          "from %d/s to %d/s: 90 %% of it %.1f s after the jump; %.0f/s at the end%n",
          trickle,
          10 * trickle,
          course.reaches(9.0 * trickle, JUMP),
          course.rate(SECONDS - 4, SECONDS - 0.5));
      draw(course, "ten times as many from second 6 on", "jump");
    } finally {
      messages.empty();
    }
  }

  private void send(long begin, int trickle) {
    try {
      for (long tick = 0; sending; tick++) {
        double now = (System.nanoTime() - begin) / 1e9;
        double each = trickle / 10.0 * (now < JUMP ? 1 : 10);
        messages.add((int) (Math.floor((tick + 1) * each) - Math.floor(tick * each)));
        TimeUnit.MILLISECONDS.sleep(
            Math.max(1, 100 * (tick + 1) - (System.nanoTime() - begin) / 1_000_000));
      }
    } catch (IOException | InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void draw(Course course, String title, String name) throws IOException {
    String file =
        "concurrency-%s-%s-%s.svg"
            .formatted(account.name(), load.name().toLowerCase(Locale.ROOT), name);
    Plot.write(course, load.function + ": " + title, root.resolve("docs").resolve(file));
  }
}
