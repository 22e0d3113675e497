package dev.roost.benchmarks;

import com.azure.storage.queue.QueueClient;
import dev.roost.benchmarks.app.Arrival;
import dev.roost.testkit.Azurite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * From enqueue to function start on an idle host, for some {@code maxPollingInterval}s, and what an
 * idle hour costs in storage calls. Many queues idle in one host, so that a minute's interval gives
 * more than one sample a minute. Arguments: the repository's root, {@code --short}.
 */
public final class WakeUp {
  private static final String HEAD =
      "| maxPollingInterval | samples | p50 ms | p99 ms | storage calls per idle hour and queue |";

  private final Path root;
  private final Azurite azurite;

  private WakeUp(Path root, Azurite azurite) {
    this.root = root;
    this.azurite = azurite;
  }

  /**
   * One row.
   *
   * @param interval the longest pause between polls
   * @param span the same as host.json has it
   * @param queues that idle side by side
   * @param rounds messages to each of them
   * @param label for the table
   */
  private record Setting(Duration interval, String span, int queues, int rounds, String label) {}

  /** Measures and prints a table. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Quiet.azure();
    boolean brief = List.of(args).contains("--short");
    System.out.println(Machine.line());
    System.out.printf("%n%s%n|---|---|---|---|---|%n", HEAD);
    try (Azurite azurite = Azurite.launch()) {
      WakeUp benchmark = new WakeUp(Path.of(args[0]).toAbsolutePath().normalize(), azurite);
      benchmark.poll(
          new Setting(Duration.ofMillis(100), "00:00:00.1", 2, brief ? 20 : 100, "100 ms"));
      benchmark.poll(
          new Setting(
              Duration.ofSeconds(2),
              "00:00:02",
              brief ? 10 : 20,
              brief ? 2 : 10,
              "2 s, as in Development"));
      if (!brief) {
        benchmark.poll(
            new Setting(Duration.ofMinutes(1), "00:01:00", 100, 1, "1 min, as in Production"));
      }
      benchmark.wake(brief ? 50 : 200);
    }
  }

  /** Messages from another process, which only a poll finds. */
  private void poll(Setting setting) throws IOException, InterruptedException {
    List<QueueClient> queues = new ArrayList<>();
    Path app = app(setting, queues);
    Side side = side(app, "", setting.span);
    double[] ages = new double[setting.queues * setting.rounds];
    double perHour;
    try (Hosted host = Hosted.start(side, azurite.connectionString())) {
      Duration untilIdle = setting.interval.multipliedBy(3).plusSeconds(1);
      sleep(untilIdle);
      perHour = callsPerHour(host, setting);
      int next = 0;
      for (int round = 0; round < setting.rounds; round++) {
        for (QueueClient queue : queues) {
          queue.sendMessage(Long.toString(Arrival.micros()));
        }
        for (int i = 0; i < queues.size(); i++) {
          ages[next++] = host.nextArrival();
        }
        if (round + 1 < setting.rounds) {
          long extra = ThreadLocalRandom.current().nextLong(setting.interval.toMillis());
          sleep(untilIdle.plusMillis(extra));
        }
      }
    }
    tell(setting.label, ages, "%.0f".formatted(perHour));
  }

  /** Over a window, and extrapolated. */
  private static double callsPerHour(Hosted host, Setting setting)
      throws IOException, InterruptedException {
    Duration window = Duration.ofSeconds(Math.max(10, setting.interval.toSeconds() * 2));
    double before = host.storageCalls();
    long begin = System.nanoTime();
    sleep(window);
    double calls = host.storageCalls() - before;
    return calls / setting.queues * 3_600e9 / (System.nanoTime() - begin);
  }

  /** Messages that a function of the same host writes: the host wakes itself. */
  private void wake(int samples) throws IOException, InterruptedException {
    HandWrittenLoop.queue(azurite.connectionString(), "arrival").create();
    Side side = side(root.resolve("benchmarks/target/classes"), "Arrival,Depart", "00:01:00");
    double[] ages = new double[samples];
    try (Hosted host = Hosted.start(side, azurite.connectionString())) {
      for (int i = 0; i < samples; i++) {
        sleep(Duration.ofMillis(200));
        host.get("/api/Depart");
        ages[i] = host.nextArrival();
      }
    }
    tell("1 min, written by a function of the same host", ages, "");
  }

  private Side side(Path app, String functions, String span) {
    return Side.host(
        root,
        app,
        functions,
        Map.of(
            "AzureFunctionsJobHost__extensions__queues__maxPollingInterval",
            span,
            "AzureFunctionsJobHost__roost__metrics__authLevel",
            "anonymous"));
  }

  /** A folder with the class and a function.json for each queue. */
  private Path app(Setting setting, List<QueueClient> queues) throws IOException {
    Path app = Files.createTempDirectory("roost-benchmark");
    String file = Arrival.class.getName().replace('.', '/') + ".class";
    Files.createDirectories(app.resolve(file).getParent());
    Files.copy(root.resolve("benchmarks/target/classes").resolve(file), app.resolve(file));
    for (int i = 0; i < setting.queues; i++) {
      String name = "arrival-" + setting.interval.toMillis() + "-" + i;
      QueueClient queue = HandWrittenLoop.queue(azurite.connectionString(), name);
      queue.create();
      queues.add(queue);
      Path function = Files.createDirectories(app.resolve("Arrival" + i));
      Files.writeString(
          function.resolve("function.json"),
          """
          {
            "scriptFile": "../app.jar",
            "entryPoint": "%s.arrived",
            "bindings": [{
              "type": "queueTrigger", "direction": "in", "name": "message",
              "queueName": "%s", "connection": "AzureWebJobsStorage"
            }]
          }
          """
              .formatted(Arrival.class.getName(), name));
    }
    return app;
  }

  private static void sleep(Duration time) throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(time.toNanos());
  }

  private static void tell(String label, double[] ages, String perHour) {
    System.out.printf(
        "| %s | %d | %.0f | %.0f | %s |%n",
        label, ages.length, Machine.percentile(ages, 0.5), Machine.percentile(ages, 0.99), perHour);
  }
}
