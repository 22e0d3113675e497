package dev.roost.host.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.storage.queue.QueueClient;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.roost.host.app.TestJar;
import dev.roost.testkit.Azurite;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Functions as jobs: {@code roost run} and {@code roost jobs} of the packaged host. */
class JobsIT {
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
}
