package dev.roost.host.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.azure.storage.queue.QueueClient;
import com.azure.storage.queue.models.PeekedMessageItem;
import dev.roost.host.blackbox.ConcurrencyApp.Run;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rates, breakers, weights and threads of one host with real queues, and what it tells of them. */
class ConcurrencyIT {
  private static final String HOST_JSON =
      """
      {"version": "2.0", "roost": {
        "rateGroups": {"erp": {"eventsPerSecond": 20}},
        "functions": {
          "Rated": {"eventsPerSecond": 10},
          "GroupA": {"rateGroup": "erp"},
          "GroupB": {"rateGroup": "erp"},
          "Fragile": {"maxDequeueCount": 100,
            "circuitBreaker": {"failureRatio": 0.5, "events": 4, "pause": "00:00:03"}},
          "High": {"priority": 4},
          "Quick": {"executionThreads": "platform"}}}}
      """;

  private static @TempDir Path folder;
  private static ConcurrencyApp app;
  private static HostProcess host;

  @BeforeAll
  static void start() throws IOException {
    app = new ConcurrencyApp(folder);
    host =
        app.start(
            "one", HOST_JSON, "Seen,Mend,Queued,Rated,GroupA,GroupB,Fragile,Low,High,Burns,Quick");
  }

  @AfterAll
  static void stop() throws IOException {
    host.close();
    app.close();
  }

  private static List<Run> runs(String name) throws IOException, InterruptedException {
    return ConcurrencyApp.runs(host, name);
  }

  private static void awaitRuns(String name, int count) {
    await().until(() -> runs(name).size() >= count);
  }

  /** The row of a listener in {@code roost top}: name, backlog, in, done, running, limit, why. */
  private static List<String> top(String listener) throws IOException, InterruptedException {
    try (HostProcess top =
        HostProcess.command(
                "top", "--once", "--url", "http://127.0.0.1:" + host.port(), "--key", "m")
            .start()) {
      assertThat(top.exitCode()).as(() -> String.join("\n", top.lines())).isZero();
      assertThat(top.lines().getFirst().split(" +"))
          .containsExactly("LISTENER", "BACKLOG", "IN/S", "DONE/S", "RUNNING", "LIMIT", "WHY");
      return top.lines().stream()
          .filter(line -> line.startsWith(listener + " "))
          .map(line -> List.of(line.split(" +", 7)))
          .findFirst()
          .orElseThrow(() -> new AssertionError(String.join("\n", top.lines())));
    }
  }

  private static String metric(String start) throws IOException, InterruptedException {
    return HostProcess.send(host.request("/metrics").header("x-functions-key", "m"))
        .body()
        .lines()
        .filter(line -> line.startsWith(start))
        .map(line -> line.substring(line.lastIndexOf(' ') + 1))
        .findFirst()
        .orElse("none");
  }

  private static double seconds(List<Run> runs) {
    return (runs.getLast().begun() - runs.getFirst().begun()) / 1e3;
  }

  @Test
  void aRateHoldsForAFunctionAndForAGroupOfTwoAndIsTheReasonShown()
      throws IOException, InterruptedException {
    app.send("group-a", 30, i -> "a" + i);
    app.send("group-b", 30, i -> "b" + i);
    app.send("rated", 300, i -> "m" + i);
    awaitRuns("Rated", 1);

    // What waits may be told as it was up to ten seconds ago, when another test asked.
    AtomicReference<List<String>> shown = new AtomicReference<>(List.of());
    await()
        .until(() -> {
          shown.set(top("Rated"));
          return !shown.get().get(1).equals("0");
        });
    List<String> row = shown.get();
    assertThat(row.getLast()).isEqualTo("its rate limit of 10.0 a second");
    assertThat(Integer.parseInt(row.get(1))).as("backlog").isBetween(1, 300);
    assertThat(Integer.parseInt(row.get(3))).as("done a second").isBetween(3, 20);
    assertThat(Integer.parseInt(row.get(5))).as("limit").isPositive();
    assertThat(metric("roost_concurrency_reason{listener=\"Rated\",reason=\"rate\"}"))
        .isEqualTo("1.0");

    awaitRuns("Group", 60);
    awaitRuns("Rated", 50);
    app.storage().queue("rated").clearMessages();
    // A second's worth may run at once, the rest at the rate.
    assertThat(seconds(runs("Rated").subList(0, 50))).isBetween(3.8, 20.0);
    assertThat(seconds(runs("Group"))).isBetween(1.8, 20.0);
    assertThat(runs("Group")).extracting(run -> run.message().substring(0, 1)).contains("a", "b");
  }

  @Test
  void aBreakerStopsFetchingTriesOneEventAndLetsMoreRunWithEachThatSucceeds()
      throws IOException, InterruptedException {
    QueueClient queue = app.storage().queue("fragile");
    app.send("fragile", 40, i -> "m" + i);
    await().until(() -> trials(runs("Fragile")).size() >= 2);

    // Half-open with one event, which failed.
    List<Run> failed = runs("Fragile");
    assertThat(trials(failed).get(1)).hasSize(1);
    assertThat(top("Fragile").getLast()).contains("circuit breaker");
    assertThat(metric("roost_concurrency_reason{listener=\"Fragile\",reason=\"breaker\"}"))
        .isEqualTo("1.0");
    // What was not run lost no attempt: nothing is fetched while it is open.
    List<PeekedMessageItem> left =
        queue.peekMessages(32, null, com.azure.core.util.Context.NONE).stream().toList();
    assertThat(left).hasSize(32);
    assertThat(left.stream().mapToLong(PeekedMessageItem::getDequeueCount).sum())
        .isLessThanOrEqualTo(runs("Fragile").size());

    assertThat(host.get("/api/Mend").body()).isEqualTo("mended");
    await().until(() -> runs("Fragile").stream().filter(Run::done).count() == 40);
    List<Run> done = runs("Fragile").stream().filter(Run::done).toList();
    assertThat(done.getFirst().running()).isEqualTo(1);
    assertThat(done.get(1).begun()).isGreaterThanOrEqualTo(done.getFirst().ended());
    assertThat(done.subList(1, 3)).allSatisfy(run -> assertThat(run.running()).isBetween(1, 2));
  }

  /** Runs that followed one another, between pauses of the breaker. */
  private static List<List<Run>> trials(List<Run> runs) {
    List<List<Run>> trials = new ArrayList<>();
    long last = Long.MIN_VALUE / 2;
    for (Run run : runs) {
      if (run.begun() - last > 2_000) {
        trials.add(new ArrayList<>());
      }
      trials.getLast().add(run);
      last = run.begun();
    }
    return trials;
  }

  @Test
  void aFloodedQueueDelaysAnImportantOneByNoMoreThanItsShare() throws Exception {
    double alone = median(paced("high", "alone"));
    app.send("low", 400, i -> "m" + i);
    awaitRuns("Low", 40);
    double beside = median(paced("high", "beside"));
    int low = runs("Low").size();
    app.storage().queue("low").clearMessages();
    assertThat(low).as("the flood lasts").isLessThan(400);
    // Four parts of five are its own, as in SharesTest; in a line with the flood it would be
    // seconds.
    assertThat(beside).as("alone it takes %.0f ms", alone).isLessThan(2.5 * alone);
  }

  /** Sends ten messages, one each 200 ms; the milliseconds from being sent to being done. */
  private static List<Long> paced(String queue, String name)
      throws InterruptedException, ExecutionException {
    QueueClient client = app.storage().queue(queue);
    List<ScheduledFuture<?>> sent = new ArrayList<>();
    try (ScheduledExecutorService pace = Executors.newScheduledThreadPool(2)) {
      for (int i = 0; i < 10; i++) {
        sent.add(
            pace.schedule(
                () -> client.sendMessage(name + " " + System.currentTimeMillis()),
                200L * i,
                TimeUnit.MILLISECONDS));
      }
      for (ScheduledFuture<?> each : sent) {
        each.get();
      }
    }
    await().until(() -> delays(name).size() == 10);
    try {
      return delays(name);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static List<Long> delays(String name) throws IOException, InterruptedException {
    return runs("High").stream()
        .filter(run -> run.message().startsWith(name))
        .map(run ->
            run.ended() - Long.parseLong(run.message().substring(run.message().indexOf(' ') + 1)))
        .toList();
  }

  private static double median(List<Long> delays) {
    return delays.stream().sorted().toList().get(delays.size() / 2);
  }

  @Test
  void codeThatNeverYieldsSilencesNeitherRenewalsNorHealthNorOtherFunctions()
      throws IOException, InterruptedException {
    int burning = 2 * Runtime.getRuntime().availableProcessors();
    app.sendByBus("burns", burning);
    await().until(() -> app.lent("burns") == burning);
    app.send("quick", 1, i -> "m");
    app.send("one-queue", 1, i -> "m");
    long slowest = 0;
    int asked = 0;
    while (runs("Burns").isEmpty()) {
      slowest = Math.max(slowest, nanos("/runtime/health"));
      slowest = Math.max(slowest, nanos("/admin/host/concurrency"));
      asked++;
    }
    long firstEnd = runs("Burns").getFirst().ended();
    assertThat(Duration.ofNanos(slowest)).isLessThan(Duration.ofSeconds(2));
    assertThat(asked).isGreaterThan(5);
    // Both ran while all burned, the one that asked for it on a platform thread.
    assertThat(runs("Quick"))
        .singleElement()
        .satisfies(run -> {
          assertThat(run.message()).isEqualTo("m true");
          assertThat(run.ended()).isLessThan(firstEnd);
        });
    assertThat(runs("Queued"))
        .singleElement()
        .satisfies(run -> assertThat(run.ended()).isLessThan(firstEnd));

    // Locks of two seconds were renewed for six: nobody got a message twice.
    awaitRuns("Burns", burning);
    assertThat(runs("Burns")).hasSize(burning);
    assertThat(runs("Burns").stream().map(Run::message).distinct()).hasSize(burning);
  }

  private static long nanos(String path) throws IOException, InterruptedException {
    long began = System.nanoTime();
    assertThat(HostProcess.send(host.request(path).header("x-functions-key", "m")).statusCode())
        .isEqualTo(200);
    return System.nanoTime() - began;
  }
}
