package dev.roost.host.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.storage.queue.QueueClient;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.roost.emulator.config.QueueConfig;
import dev.roost.emulator.junit.ServiceBusEmulatorExtension;
import dev.roost.host.app.TestJar;
import dev.roost.testkit.Azurite;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Functions as jobs: {@code roost run} and {@code roost jobs} of the packaged host. */
class JobsIT {
  @RegisterExtension
  static final ServiceBusEmulatorExtension BUS =
      new ServiceBusEmulatorExtension()
          .queue("parcels")
          .queue(QueueConfig.queue("lines").withSessions());

  @TempDir private static Path folder;
  private static Path jar;
  private static Azurite azurite;
  private static Storage storage;

  @BeforeAll
  static void start() throws IOException {
    jar =
        TestJar.functions(
                """
                @FunctionName("Nightly")
                public void nightly(@TimerTrigger(name = "t", schedule = "0 0 3 * * *") String t,
                    ExecutionContext c) { c.getLogger().info("nightly ran"); }
                @FunctionName("Fails")
                public void fails(@TimerTrigger(name = "t", schedule = "0 0 3 * * *") String t) {
                  throw new IllegalStateException("secret-of-the-job"); }
                @FunctionName("Relay")
                @QueueOutput(name = "$return", queueName = "job-out",
                    connection = "AzureWebJobsStorage")
                public String relay(@QueueTrigger(name = "m", queueName = "job-in",
                    connection = "AzureWebJobsStorage") String m) { return "did " + m; }
                @FunctionName("Endless")
                public void endless(@QueueTrigger(name = "m", queueName = "endless",
                    connection = "AzureWebJobsStorage") String m, ExecutionContext c)
                    throws InterruptedException {
                  c.getLogger().info("endless began");
                  new java.util.concurrent.CountDownLatch(1).await(); }
                static final java.util.concurrent.atomic.AtomicInteger RUNNING =
                    new java.util.concurrent.atomic.AtomicInteger();
                @FunctionName("Crowd")
                public void crowd(@QueueTrigger(name = "m", queueName = "crowd",
                    connection = "AzureWebJobsStorage") String m, ExecutionContext c)
                    throws InterruptedException {
                  c.getLogger().info("at once: " + RUNNING.incrementAndGet() + ".");
                  Thread.sleep(300);
                  RUNNING.decrementAndGet(); }
                @FunctionName("Picky")
                public void picky(@QueueTrigger(name = "m", queueName = "picky",
                    connection = "AzureWebJobsStorage") String m) {
                  if (m.startsWith("bad")) { throw new IllegalStateException(m); } }
                @FunctionName("Parcels")
                public void parcels(@ServiceBusQueueTrigger(name = "m", queueName = "parcels",
                    connection = "AzureWebJobsServiceBus") String m) { }
                @FunctionName("Lines")
                public void lines(@ServiceBusQueueTrigger(name = "m", queueName = "lines",
                    connection = "AzureWebJobsServiceBus", isSessionsEnabled = true) String m) { }
                """)
            .jar(folder.resolve("jobs.jar"));
    azurite = Azurite.launch();
    storage = new Storage(azurite.connectionString());
  }

  @AfterAll
  static void stop() {
    azurite.close();
  }

  private static HostProcess roost(String... args) throws IOException {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of("--app", jar.toString()));
    return HostProcess.command(all.toArray(String[]::new))
        .with("AzureWebJobsStorage", azurite.connectionString())
        .with("AzureWebJobsServiceBus", BUS.connectionString())
        .with("AzureFunctionsWebHost__hostid", "jobsit")
        .with("AzureFunctionsJobHost__roost__drainTimeout", "00:00:01")
        .with("ROOST_LOG", "text")
        .start();
  }

  private static JsonNode last(HostProcess job) throws IOException {
    return new ObjectMapper().readTree(job.lines().getLast());
  }

  @Test
  void oneInvocationEndsWithItsOutcomeAsExitCodeAndAsALineThatJobsListsToo()
      throws IOException, InterruptedException {
    try (HostProcess job = roost("run", "nightly", "--job-name", "clean-up")) {
      assertThat(job.exitCode()).isZero();
      assertThat(job.lines()).anyMatch(line -> line.contains("nightly ran"));
      JsonNode line = last(job);
      assertThat(line.path("outcome").asText()).isEqualTo("succeeded");
      assertThat(line.path("job").asText()).isEqualTo("clean-up");
      try (HostProcess jobs = roost("jobs", "--last", "100")) {
        assertThat(jobs.exitCode()).isZero();
        assertThat(jobs.lines()).anyMatch(text -> text.equals(line.toString()));
      }
    }
  }

  @Test
  void aFailureHasItsRetriesAndTheExitCodeOne() throws IOException, InterruptedException {
    try (HostProcess job = roost("run", "Fails", "--retries", "2", "--retry-delay", "00:00:00")) {
      assertThat(job.exitCode()).isEqualTo(1);
      JsonNode line = last(job);
      assertThat(line.path("outcome").asText()).isEqualTo("failed");
      assertThat(line.path("attempts").asInt()).isEqualTo(3);
      assertThat(line.toString()).doesNotContain("secret-of-the-job");
    }
  }

  @Test
  void aQueueIsWorkedOffUntilItIsEmpty() throws IOException, InterruptedException {
    QueueClient in = storage.queue("job-in");
    storage.queue("job-out");
    IntStream.range(0, 60).parallel().forEach(i -> in.sendMessage("m" + i));
    try (HostProcess job = roost("run", "--until-empty", "Relay", "--parallelism", "8")) {
      assertThat(job.exitCode()).isZero();
      JsonNode line = last(job);
      assertThat(line.path("done").asInt()).isEqualTo(60);
      assertThat(line.path("left").asInt(-1)).isZero();
    }
    assertThat(storage.take("job-out", 60)).hasSize(60).doesNotHaveDuplicates();
  }

  @Test
  void aJobWhoseTimeIsOverGivesItsEventBack() throws IOException, InterruptedException {
    storage.queue("endless").sendMessage("x");
    try (HostProcess job = roost("run", "--until-empty", "Endless", "--timeout", "00:00:04")) {
      assertThat(job.exitCode()).isEqualTo(124);
      assertThat(last(job).path("outcome").asText()).isEqualTo("timedout");
      assertThat(last(job).path("left").asInt()).isEqualTo(1);
    }
  }

  @Test
  void aScheduleCanNotBeEmptied() throws IOException, InterruptedException {
    try (HostProcess job = roost("run", "--until-empty", "Nightly")) {
      assertThat(job.exitCode()).isEqualTo(65);
      assertThat(job.lines()).anyMatch(line -> line.contains("can't run Nightly until empty"));
    }
  }

  @Test
  void noMoreThanTheParallelismRunAtOnce() throws IOException, InterruptedException {
    QueueClient in = storage.queue("crowd");
    IntStream.range(0, 16).parallel().forEach(i -> in.sendMessage("m" + i));
    try (HostProcess job = roost("run", "--until-empty", "Crowd", "--parallelism", "2")) {
      assertThat(job.exitCode()).isZero();
      assertThat(last(job).path("done").asInt()).isEqualTo(16);
      assertThat(job.lines())
          .anyMatch(line -> line.contains("at once: 2."))
          .noneMatch(line -> line.contains("at once: 3."));
    }
  }

  @Test
  void anEventThatFailsForGoodIsCountedAndFailsTheJob() throws IOException, InterruptedException {
    QueueClient in = storage.queue("picky");
    List.of("good-1", "bad-secret", "good-2").forEach(in::sendMessage);
    try (HostProcess job = roost("run", "--until-empty", "Picky", "--job-name", "picky")) {
      assertThat(job.exitCode()).isEqualTo(1);
      JsonNode line = last(job);
      assertThat(line.propertyStream().map(Map.Entry::getKey))
          .containsExactly(
              "function",
              "execution",
              "job",
              "start",
              "end",
              "durationMs",
              "attempts",
              "outcome",
              "done",
              "failed",
              "left",
              "reason");
      assertThat(line.path("attempts").asInt()).as("2 good, 5 bad").isEqualTo(7);
      assertThat(line.path("done").asInt()).isEqualTo(2);
      assertThat(line.path("failed").asInt()).isEqualTo(1);
      assertThat(line.path("left").asInt(-1)).isZero();
      assertThat(line.toString()).doesNotContain("bad-secret");
    }
    assertThat(storage.count("picky-poison")).isEqualTo(1);
  }

  @Test
  void aJobThatIsToldToEndDrainsAndSaysSo() throws IOException, InterruptedException {
    try (HostProcess job = roost("run", "Endless", "--input", "by hand")) {
      job.awaitLine(line -> line.contains("endless began"));
      assertThat(job.terminate()).isEqualTo(143);
      assertThat(last(job).path("outcome").asText()).isEqualTo("stopped");
      assertThat(last(job).path("reason").asText()).isNotEmpty();
    }
  }

  @Test
  void serviceBusIsWorkedOffTooSessionsIncluded() throws IOException, InterruptedException {
    try (BusClient bus = new BusClient(BUS.connectionString())) {
      IntStream.range(0, 20).forEach(i -> bus.send("parcels", "p" + i));
      IntStream.range(0, 20).forEach(i -> bus.sendTo("lines", "s" + i % 3, "l" + i));
    }
    try (HostProcess job = roost("run", "--until-empty", "Parcels", "Lines")) {
      assertThat(job.exitCode()).isZero();
      JsonNode line = last(job);
      assertThat(line.path("done").asInt()).isEqualTo(40);
      assertThat(line.path("left").asInt(-1)).isZero();
      assertThat(line.path("function").asText()).contains("Parcels").contains("Lines");
    }
    assertThat(BUS.counts("parcels").active()).isZero();
    assertThat(BUS.counts("lines").active()).isZero();
  }

  @Test
  void theNameOfThePlatformsExecutionIsTheJob() throws IOException, InterruptedException {
    try (HostProcess job =
        HostProcess.command("run", "Nightly", "--app", jar.toString(), "--log", "text")
            .with("AzureWebJobsStorage", azurite.connectionString())
            .with("AzureFunctionsWebHost__hostid", "jobsit")
            .with("CONTAINER_APP_JOB_EXECUTION_NAME", "nightly-x1")
            .start()) {
      assertThat(job.exitCode()).isZero();
      assertThat(last(job).path("job").asText()).isEqualTo("nightly-x1");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "run,--retries,-1",
    "run,--parallelism,0",
    "run,--timeout,ten",
    "jobs,--last,0",
    "jobs,--last,many"
  })
  void aFlagThatCanNotBeMeantIsRefused(String command, String flag, String value)
      throws IOException, InterruptedException {
    try (HostProcess job = roost(command, flag + "=" + value)) {
      assertThat(job.exitCode()).isEqualTo(2);
      assertThat(job.lines())
          .anyMatch(line -> line.contains(flag) && line.contains("'" + value + "' is not a"));
    }
  }
}
