package dev.roost.host.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.azure.core.util.BinaryData;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.roost.host.app.TestJar;
import dev.roost.testkit.Azurite;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two packaged hosts of one app in Production, worked on through the admin API. */
class AdminIT {
  @TempDir private static Path folder;
  private static Path jar;
  private static Azurite azurite;
  private static Storage storage;
  private static HostProcess first;
  private static HostProcess second;

  @BeforeAll
  static void start() throws IOException {
    jar =
        TestJar.functions(
                """
                @FunctionName("Relay")
                @QueueOutput(name = "$return", queueName = "relay-out", connection = "AzureWebJobsStorage")
                public String relay(@QueueTrigger(name = "m", queueName = "relay-in",
                    connection = "AzureWebJobsStorage") String m) { return m; }
                @FunctionName("BlobA")
                @QueueOutput(name = "$return", queueName = "blobs-out",
                    connection = "AzureWebJobsStorage")
                public String a(@BlobTrigger(name = "b", path = "blobs-a/{n}", dataType = "binary",
                    connection = "AzureWebJobsStorage") byte[] b, @BindingName("n") String n) {
                  return "A " + n + " " + b.length; }
                @FunctionName("BlobB")
                @QueueOutput(name = "$return", queueName = "blobs-out",
                    connection = "AzureWebJobsStorage")
                public String b(@BlobTrigger(name = "b", path = "blobs-b/{n}", dataType = "binary",
                    connection = "AzureWebJobsStorage") byte[] b, @BindingName("n") String n) {
                  return "B " + n + " " + b.length; }
                @FunctionName("Tick")
                public void tick(@TimerTrigger(name = "t", schedule = "0 0 0 1 1 *") String t,
                    ExecutionContext c) { c.getLogger().info("ticked by hand"); }
                @FunctionName("Web")
                public String web(@HttpTrigger(name = "r") HttpRequestMessage<String> r,
                    ExecutionContext c) {
                  c.getLogger().info("web got " + r.getBody()); return "web"; }
                """)
            .jar(folder.resolve("admin.jar"));
    azurite = Azurite.launch();
    storage = new Storage(azurite.connectionString());
    storage.queue("relay-in");
    first = host();
    second = host();
  }

  private static HostProcess host() throws IOException {
    return HostProcess.command("start", jar.toString(), "--port", "0", "--log", "text")
        .with("AzureWebJobsStorage", azurite.connectionString())
        .with("AzureFunctionsWebHost__hostid", "adminit")
        .with("ROOST_KEYS__host__master", "m")
        .started();
  }

  @AfterAll
  static void stop() {
    List.of(first, second).forEach(HostProcess::close);
    azurite.close();
  }

  private static HttpResponse<String> post(HostProcess host, String path, String body)
      throws IOException, InterruptedException {
    return HostProcess.send(
        host.request(path)
            .header("x-functions-key", "m")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private static JsonNode get(HostProcess host, String path)
      throws IOException, InterruptedException {
    HttpResponse<String> response =
        HostProcess.send(host.request(path).header("x-functions-key", "m"));
    return new ObjectMapper().readTree(response.body());
  }

  private static boolean isPaused(HostProcess host, String function)
      throws IOException, InterruptedException {
    return get(host, "/admin/functions/" + function).has("pausedUntil");
  }

  private static JsonNode listener(HostProcess host, String functions)
      throws IOException, InterruptedException {
    for (JsonNode listener : get(host, "/runtime/health").path("listeners")) {
      if (listener.path("name").asText().contains(functions)) {
        return listener;
      }
    }
    throw new AssertionError("no listener of " + functions);
  }

  @Test
  void aPausedFunctionLeavesItsMessagesAloneOnAllHostsAndAfterARestart()
      throws IOException, InterruptedException {
    assertThat(
            post(first, "/admin/functions/relay/pause", "{\"duration\": \"00:30:00\"}")
                .statusCode())
        .isEqualTo(200);
    await().until(() -> isPaused(second, "Relay"));
    await().until(() -> listener(second, "Relay").path("state").asText().equals("standby"));
    second.terminate();
    second = host();
    assertThat(isPaused(second, "Relay")).isTrue();
    storage.queue("relay-in").sendMessage("while paused");
    // Both hosts work: only what is paused waits.
    post(first, "/admin/functions/Relay", "{\"input\": \"by hand\"}");
    assertThat(storage.take("relay-out", 1)).containsExactly("by hand");
    assertThat(storage.queue("relay-in").peekMessage().getDequeueCount()).isZero();
    assertThat(post(second, "/admin/functions/Relay/resume", "").statusCode()).isEqualTo(200);
    assertThat(storage.take("relay-out", 1)).containsExactly("while paused");
    await().until(() -> !isPaused(first, "Relay"));
  }

  @Test
  void aPausedBlobFunctionLeavesItsNeighbourAtWork() throws IOException, InterruptedException {
    post(first, "/admin/functions/BlobA/pause", "{\"duration\": \"00:30:00\"}");
    await().until(() -> isPaused(second, "BlobA"));
    storage.container("blobs-a").getBlobClient("one").upload(BinaryData.fromString("1"));
    storage.container("blobs-b").getBlobClient("two").upload(BinaryData.fromString("22"));
    assertThat(storage.take("blobs-out", 1)).containsExactly("B two 2");
    post(second, "/admin/functions/BlobA/resume", "");
    assertThat(storage.take("blobs-out", 1)).containsExactly("A one 1");
  }

  @Test
  void drainedHostsFetchNothingUntilTheyAreResumed() throws IOException, InterruptedException {
    for (HostProcess host : List.of(first, second)) {
      assertThat(post(host, "/admin/host/drain", "").statusCode()).isEqualTo(202);
      await()
          .until(() ->
              get(host, "/admin/host/drain/status").path("state").asText().equals("Completed"));
      await().until(() -> listener(host, "Relay").path("state").asText().equals("standby"));
      assertThat(host.get("/runtime/health/ready").statusCode()).isEqualTo(503);
    }
    storage.queue("relay-in").sendMessage("while drained");
    assertThat(
            HostProcess.send(first.request("/api/Web").header("x-functions-key", "m")).statusCode())
        .isEqualTo(200);
    assertThat(storage.queue("relay-in").peekMessage().getDequeueCount()).isZero();
    assertThat(post(second, "/admin/host/resume", "").statusCode()).isEqualTo(200);
    assertThat(storage.take("relay-out", 1)).containsExactly("while drained");
    assertThat(post(first, "/admin/host/resume", "").statusCode()).isEqualTo(200);
    await().until(() -> first.get("/runtime/health/ready").statusCode() == 200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Tick | {\"input\": \"\"}      | ticked by hand",
        "Web  | {\"input\": \"a body\"} | web got a body",
      })
  void aFunctionIsRunByHand(String function, String body, String line)
      throws IOException, InterruptedException {
    assertThat(post(first, "/admin/functions/" + function, body).statusCode()).isEqualTo(202);
    first.awaitLine(text -> text.contains(line));
    assertThat(first.lines())
        .anyMatch(text ->
            text.contains("Executing 'Functions." + function)
                && text.contains("programmatically called via the host APIs"));
  }

  @Test
  void aBlobFunctionIsRunByHandWithABlobThatIsThere() throws IOException, InterruptedException {
    storage.container("blobs-b");
    post(second, "/admin/functions/BlobB", "{\"input\": \"blobs-b/missing\"}");
    second.awaitLine(text -> text.contains("'BlobB' can't be run by hand"));
    storage.container("blobs-b").getBlobClient("four").upload(BinaryData.fromString("4444"));
    assertThat(storage.take("blobs-out", 1)).containsExactly("B four 4");
    post(second, "/admin/functions/BlobB", "{\"input\": \"blobs-b/four\"}");
    assertThat(storage.take("blobs-out", 1)).containsExactly("B four 4");
  }

  @Test
  void tellsWhereEachSettingComesFrom() throws IOException, InterruptedException {
    JsonNode functions = get(first, "/admin/config/effective").path("functions");
    assertThat(functions.findValuesAsText("name")).contains("Relay", "Tick", "Web");
    assertThat(functions.findValuesAsText("key")).contains("batchSize", "functionTimeout");
    assertThat(functions.toString()).doesNotContain(Azurite.KEY);
  }
}
