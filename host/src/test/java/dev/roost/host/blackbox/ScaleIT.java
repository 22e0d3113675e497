package dev.roost.host.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.azure.storage.queue.QueueClient;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.roost.host.app.TestJar;
import dev.roost.testkit.Azurite;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Hosts that come and go by the number of {@code roost scaler}, one of them always there. The
 * driver stands in for KEDA: it starts and ends processes, and sends more messages until each of
 * the hosts had some. {@code -Pstorm} is the long form, with 2,000 messages in flight.
 */
class ScaleIT {
  private static final int MESSAGES = Boolean.getBoolean("roost.storm") ? 2_000 : 300;
  private static final int MOST_HOSTS = 3;

  @TempDir private Path folder;
  private Path jar;
  private Azurite azurite;
  private Storage storage;
  private final Deque<HostProcess> hosts = new ArrayDeque<>();
  private final List<HostProcess> ended = new ArrayList<>();
  private int sent;

  @BeforeEach
  void start() throws IOException {
    jar =
        TestJar.functions(
                """
                @FunctionName("Work")
                @QueueOutput(name = "$return", queueName = "work-out",
                    connection = "AzureWebJobsStorage")
                public String work(@QueueTrigger(name = "m", queueName = "%InQueue%",
                    connection = "AzureWebJobsStorage") String m) throws InterruptedException {
                  Thread.sleep(200);
                  return m; }
                @FunctionName("Tick")
                @QueueOutput(name = "$return", queueName = "ticks",
                    connection = "AzureWebJobsStorage")
                public String tick(@TimerTrigger(name = "t", schedule = "*/2 * * * * *")
                    dev.roost.annotations.TimerInfo t) { return "" + t.scheduled(); }
                @FunctionName("Web")
                public String web(@HttpTrigger(name = "r") HttpRequestMessage<String> r) {
                  return "web"; }
                """)
            .jar(folder.resolve("scale.jar"));
    azurite = Azurite.launch();
    storage = new Storage(azurite.connectionString());
    storage.queue("work-out");
    storage.queue("ticks");
  }

  @AfterEach
  void stop() {
    hosts.forEach(HostProcess::close);
    azurite.close();
  }

  private HostProcess process(String command) throws IOException {
    return HostProcess.command(command, jar.toString(), "--port", "0", "--log", "text")
        .with("AzureWebJobsStorage", azurite.connectionString())
        .with("AzureFunctionsWebHost__hostid", "scaleit")
        .with("AzureFunctionsJobHost__extensions__queues__batchSize", "8")
        .with("AzureFunctionsJobHost__extensions__queues__newBatchThreshold", "4")
        .with("AzureFunctionsJobHost__extensions__queues__maxPollingInterval", "00:00:01")
        .with("InQueue", "work-in")
        .with("ROOST_KEYS__host__master", "m")
        .with("ROOST_KEYS__host__systemKey__scale_extension", "s")
        .started();
  }

  private static HttpResponse<String> ask(HostProcess scaler, String query, String key)
      throws IOException, InterruptedException {
    return HostProcess.send(
        scaler.request("/runtime/webhooks/scale" + query).header("x-functions-key", key));
  }

  private static JsonNode scale(HostProcess scaler, String query)
      throws IOException, InterruptedException {
    HttpResponse<String> answer = ask(scaler, query, "s");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return new ObjectMapper().readTree(answer.body());
  }

  @Test
  void hostsComeAndGoByTheScalersNumberAndNothingIsLostOrDoubled()
      throws IOException, InterruptedException {
    try (HostProcess scaler = process("scaler")) {
      theScalerIsKeyedAndRunsNothing(scaler);
      QueueClient in = storage.queue("work-in");
      send(in, MESSAGES);
      JsonNode before = scale(scaler, "?function=Work").path("functions").path(0);
      assertThat(before.path("waiting").asInt()).isEqualTo(MESSAGES);
      assertThat(before.path("desired").asInt()).isEqualTo(Math.ceilDiv(MESSAGES, 12));
      hosts.push(process("start"));
      drive(scaler, in);
      List<String> done = storage.take("work-out", sent);
      assertThat(new HashSet<>(done)).hasSize(sent);
      assertThat(done).as("a message ran twice").hasSize(sent);
      assertThat(ended).hasSize(MOST_HOSTS - 1).allMatch(host -> executions(host) > 0);
      assertThat(hosts).hasSize(1).allMatch(host -> executions(host) > 0);
      assertThat(hosts.peek().terminate()).isZero();
      noTickIsDoubled(storage.take("ticks", 3));
    }
  }

  /** All that ran, of every host; the last has ended. */
  private void noTickIsDoubled(List<String> ticks) {
    List<Instant> instants = ticks.stream().map(Instant::parse).sorted().toList();
    assertThat(instants).as("a timer was doubled").doesNotHaveDuplicates();
    long span = Duration.between(instants.getFirst(), instants.getLast()).toSeconds() / 2 + 1;
    System.out.printf(
        "%d messages over %d hosts, 0 lost, 0 twice; %d ticks of %d ran, 0 twice%n",
        sent, ended.size() + hosts.size(), instants.size(), span);
  }

  private void theScalerIsKeyedAndRunsNothing(HostProcess scaler)
      throws IOException, InterruptedException {
    assertThat(ask(scaler, "", "wrong").statusCode()).isEqualTo(401);
    assertThat(ask(scaler, "?function=Nobody", "s").statusCode()).isEqualTo(404);
    assertThat(scaler.get("/api/Web").statusCode()).isEqualTo(404);
    JsonNode all = scale(scaler, "");
    assertThat(all.findValuesAsText("name")).containsExactlyInAnyOrder("Work", "Tick");
    assertThat(all.path("secondsToNextTimer").asDouble()).isBetween(-1.0, 2.0);
    assertThat(scaler.lines()).noneMatch(line -> line.contains("Executing"));
  }

  private void send(QueueClient in, int count) {
    IntStream.range(sent, sent + count).parallel().forEach(i -> in.sendMessage("m" + i));
    sent += count;
  }

  /** As KEDA would, with no cool-down: up to the most hosts, and down to one when all is done. */
  private void drive(HostProcess scaler, QueueClient in) {
    await()
        .atMost(Duration.ofMinutes(4))
        .pollInterval(Duration.ofMillis(500))
        .until(() -> {
          if (!shared() && storage.count("work-in") < MESSAGES / 2) {
            send(in, MESSAGES / 2);
          }
          long desired = scale(scaler, "").path("desired").asLong();
          int wanted = Math.clamp(desired, 1, MOST_HOSTS);
          while (hosts.size() < wanted) {
            hosts.push(process("start"));
          }
          if (hosts.size() > wanted) {
            HostProcess last = hosts.pop();
            assertThat(last.terminate()).isZero();
            ended.add(last);
          }
          return hosts.size() == 1 && shared() && storage.count("work-in") == 0;
        });
  }

  private boolean shared() {
    return hosts.size() + ended.size() >= MOST_HOSTS
        && hosts.stream().allMatch(host -> executions(host) > 0);
  }

  private static long executions(HostProcess host) {
    return host.lines().stream()
        .filter(line -> line.contains("Executed 'Functions.Work' (Succeeded"))
        .count();
  }
}
