package dev.roost.host.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.roost.emulator.broker.Counts;
import dev.roost.emulator.config.QueueConfig;
import dev.roost.emulator.junit.ServiceBusEmulatorExtension;
import dev.roost.host.app.TestJar;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Real host processes on one Service Bus emulator, which lives in the JVM of the test. */
class ServiceBusIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration SHORT_LOCK = Duration.ofSeconds(5);
  private static final int SESSIONS = 9;
  private static final int IN_SESSION = 8;
  private static final int MESSAGES = 160;

  @RegisterExtension
  static final ServiceBusEmulatorExtension BUS =
      new ServiceBusEmulatorExtension()
          .queue(QueueConfig.queue("turns").withSessions().lockDuration(SHORT_LOCK))
          .queue("turns-done")
          .queue(QueueConfig.queue("work").lockDuration(SHORT_LOCK))
          .queue("work-done")
          .queue(QueueConfig.queue("patience").lockDuration(SHORT_LOCK))
          .queue("long");

  @TempDir private static Path folder;

  @BeforeAll
  static void makesTheApp() throws IOException {
    TestJar.functions(
            """
            @FunctionName("Turn")
            @ServiceBusQueueOutput(name = "$return", queueName = "turns-done", connection = "")
            public String turn(
                @ServiceBusQueueTrigger(name = "m", queueName = "turns", connection = "",
                    isSessionsEnabled = true) String m) throws InterruptedException {
              long began = System.currentTimeMillis();
              Thread.sleep(60);
              return m + ":" + ProcessHandle.current().pid() + ":" + began + ":"
                  + System.currentTimeMillis();
            }

            @FunctionName("Work")
            @ServiceBusQueueOutput(name = "$return", queueName = "work-done", connection = "")
            public String work(
                @ServiceBusQueueTrigger(name = "m", queueName = "work", connection = "") String m)
                throws InterruptedException {
              Thread.sleep(300);
              return m;
            }

            @FunctionName("Patient")
            public void patient(
                @ServiceBusQueueTrigger(name = "m", queueName = "patience", connection = "") String m)
                throws InterruptedException {
              Thread.sleep(15_500);
            }

            @FunctionName("Long")
            public void takeLong(
                @ServiceBusQueueTrigger(name = "m", queueName = "long", connection = "") String m,
                ExecutionContext context) throws InterruptedException {
              context.getLogger().info("began " + m);
              Thread.sleep(m.startsWith("endless") ? 600_000 : m.startsWith("slow") ? 2_000 : 1);
              context.getLogger().info("ended " + m);
            }
            """)
        .jar(folder.resolve("app.jar"));
    new AppFolder(folder)
        .file(
            "host.json",
            """
            {
              "version": "2.0",
              "extensions": {
                "serviceBus": {
                  "maxConcurrentCalls": 4,
                  "maxConcurrentSessions": 2,
                  "sessionIdleTimeout": "00:00:00.3"
                }
              },
              "roost": {"drainTimeout": "00:00:04"}
            }
            """);
  }

  private static HostProcess start(String functions) throws IOException {
    return HostProcess.command(
            "start", folder.toString(), "--port", "0", "--functions", functions, "--log", "text")
        .in(folder)
        .with("AzureWebJobsServiceBus", BUS.connectionString())
        .with("AzureFunctionsWebHost__hostid", "busit")
        .start();
  }

  private static void awaitStarted(HostProcess host) {
    host.awaitLine(line -> line.contains("Host started"));
  }

  @Test
  void threeHostsShareSessionsInOrderRenewLocksAndLoseNothingWhenOneIsKilled()
      throws IOException, InterruptedException {
    try (BusClient bus = new BusClient(BUS.connectionString());
        HostProcess first = start("Turn,Work,Patient");
        HostProcess second = start("Turn,Work");
        HostProcess third = start("Turn,Work")) {
      bus.send("patience", "for three locks");
      List.of(first, second, third).forEach(ServiceBusIT::awaitStarted);
      IntStream.range(0, IN_SESSION)
          .forEach(i ->
              IntStream.range(0, SESSIONS).forEach(s -> bus.sendTo("turns", "s" + s, s + ":" + i)));
      awaitActive("turns-done", SESSIONS * IN_SESSION);
      List<Turn> turns = bus.texts("turns-done").stream().map(Turn::of).toList();
      assertThat(turns.stream().map(Turn::host).distinct()).as("hosts at work").hasSize(3);
      bySession(turns).forEach(ServiceBusIT::inOrderAndOneAtATime);
      awaitEmpty("turns");

      survivesAKill(bus, third);
      awaitEmpty("patience");
      assertThat(begun(first, "Patient")).as("runs of a call of three lock periods").isOne();
      assertThat(BUS.counts("patience").deadLettered()).isZero();
      assertThat(first.lines()).as("how it ran in the first").noneMatch(ServiceBusIT::isFailure);
      assertThat(second.lines()).as("how it ran in the second").noneMatch(ServiceBusIT::isFailure);
    }
  }

  private static Map<Integer, List<Turn>> bySession(List<Turn> turns) {
    return turns.stream()
        .collect(Collectors.groupingBy(Turn::session, TreeMap::new, Collectors.toList()));
  }

  /** By the clock of the machine, which all hosts share. */
  private static void inOrderAndOneAtATime(int session, List<Turn> turns) {
    List<Turn> inTime = turns.stream().sorted(Turn.BY_TIME).toList();
    assertThat(inTime)
        .as("session %d", session)
        .extracting(Turn::index)
        .containsExactlyElementsOf(IntStream.range(0, IN_SESSION).boxed().toList());
    for (int i = 1; i < inTime.size(); i++) {
      assertThat(inTime.get(i).began())
          .as("begin of turn %d of session %d", i, session)
          .isGreaterThanOrEqualTo(inTime.get(i - 1).ended());
    }
  }

  private static void survivesAKill(BusClient bus, HostProcess victim) throws InterruptedException {
    IntStream.range(0, MESSAGES).forEach(i -> bus.send("work", "m" + i));
    awaitActive("work-done", MESSAGES / 3);
    victim.kill();
    long inFlight = begun(victim, "Work") - ended(victim, "Work");
    assertThat(inFlight).as("the kill hit work").isPositive();
    awaitEmpty("work");
    List<String> done = bus.texts("work-done");
    assertThat(done.stream().distinct()).as("messages done").hasSize(MESSAGES);
    assertThat(done.size() - MESSAGES).as("done twice").isBetween(0, (int) inFlight);
    assertThat(BUS.counts("work").deadLettered()).isZero();
  }

  private static long begun(HostProcess host, String function) {
    return count(host, "Executing 'Functions." + function + "'");
  }

  private static long ended(HostProcess host, String function) {
    return count(host, "Executed 'Functions." + function + "'");
  }

  private static long count(HostProcess host, String part) {
    return host.lines().stream().filter(line -> line.contains(part)).count();
  }

  private static boolean isFailure(String line) {
    return line.contains("(Failed");
  }

  private static void awaitActive(String queue, int least) {
    await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(10))
        .untilAsserted(
            () -> assertThat(BUS.counts(queue).active()).as(queue).isGreaterThanOrEqualTo(least));
  }

  private static void awaitEmpty(String queue) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> {
          Counts counts = BUS.counts(queue);
          assertThat(counts.active() + counts.locked()).as("left in %s", queue).isZero();
        });
  }

  @Test
  void oneHostOutlivesAnOutageAndDrainsWithNothingLeftLocked()
      throws IOException, InterruptedException {
    try (BusClient bus = new BusClient(BUS.connectionString());
        HostProcess host = start("Long")) {
      awaitStarted(host);
      bus.send("long", "before");
      awaitEmpty("long");
      assertThat(status(host)).isEqualTo("healthy");

      BUS.faults().stopListening();
      assertThat(BUS.faults().dropConnections()).isPositive();
      awaitStatus(host, "degraded");
      BUS.faults().listenAgain();
      bus.send("long", "after");
      host.awaitLine(line -> line.contains("ended after"));
      awaitStatus(host, "healthy");

      drains(bus, host);
    }
  }

  /** Four run at once: two of them end in time, two are interrupted, the others never began. */
  private static void drains(BusClient bus, HostProcess host) throws InterruptedException {
    List<String> running = List.of("endless-1", "endless-2", "slow-1", "slow-2");
    running.forEach(text -> bus.send("long", text));
    running.forEach(text -> host.awaitLine(line -> line.contains("began " + text)));
    IntStream.range(0, 6).forEach(i -> bus.send("long", "rest-" + i));
    assertThat(BUS.counts("long").locked()).isEqualTo(4);
    assertThat(host.terminate()).as("exit code").isZero();
    Counts counts = BUS.counts("long");
    assertThat(counts.locked()).as(counts.toString()).isZero();
    assertThat(counts.receivers()).as(counts.toString()).isZero();
    assertThat(host.lines())
        .anyMatch(line -> line.contains("ended slow-2"))
        .as("the SDK's own lines")
        .noneMatch(line -> line.contains("az.sdk"));
    assertThat(bus.failures("long"))
        .as("what is left, and how often it failed")
        .containsOnly(
            Map.entry("endless-1", 1L),
            Map.entry("endless-2", 1L),
            Map.entry("rest-0", 0L),
            Map.entry("rest-1", 0L),
            Map.entry("rest-2", 0L),
            Map.entry("rest-3", 0L),
            Map.entry("rest-4", 0L),
            Map.entry("rest-5", 0L));
  }

  private static String status(HostProcess host) throws IOException, InterruptedException {
    return JSON.readTree(host.get("/runtime/health").body()).path("status").asText();
  }

  private static void awaitStatus(HostProcess host, String status) {
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(status(host)).isEqualTo(status));
  }
}
