package dev.roost.host.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.azure.core.util.BinaryData;
import com.azure.data.tables.models.TableEntity;
import com.azure.messaging.servicebus.ServiceBusClientBuilder;
import com.azure.messaging.servicebus.ServiceBusMessage;
import com.azure.messaging.servicebus.ServiceBusSenderClient;
import com.azure.storage.blob.BlobContainerClient;
import dev.roost.testkit.Azurite;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every sample function, on the packaged host and real Azurite. */
class SampleFunctionsIT {
  private static Azurite azurite;
  private static Storage storage;
  private static String bus;
  private static HostProcess host;

  @BeforeAll
  static void start() throws IOException {
    azurite = Azurite.launch();
    storage = new Storage(azurite.connectionString());
    bus = HostProcess.emulatedBus();
    host =
        HostProcess.command(
                "start", HostProcess.samples().toString(), "--port", "0", "--log", "text")
            .with("AzureWebJobsStorage", azurite.connectionString())
            .with("AzureWebJobsServiceBus", bus)
            .with("HeartbeatSchedule", "* * * * * *")
            .started();
  }

  @AfterAll
  static void stop() throws IOException {
    host.close();
    azurite.close();
  }

  @ParameterizedTest(name = "{0} {1} {2} -> {3} {4}")
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "GET     | /api/greetings/Ada      | -                      | 200 | \"text\": \"Hello,"
            + " Ada!\"",
        "POST    | /api/greetings/Ada      | {\"salutation\":\"Hi\"}| 200 | \"text\": \"Hi, Ada!\"",
        "GET     | /api/greetings/%C3%85sa | -                      | 200 | \"text\": \"Hello,"
            + " Åsa!\"",
        "GET     | /API/Greetings/Ada      | -                      | 200 | \"text\": \"Hello,"
            + " Ada!\"",
        "POST    | /api/greetings/Ada      | {\"salutation\":       | 400 | \"field\":"
            + " \"$.salutation\"",
        "DELETE  | /api/greetings/Ada      | -                      | 404 | -",
        "GET     | /api/greetings          | -                      | 404 | -",
        "GET     | /api/nothing            | -                      | 404 | -",
        "GET     | /api/quotes             | -                      | 200 | .",
        "PUT     | /api/orders/empty       | -                      | 400 | Send an order as JSON.",
        "GET     | /api/orders/unknown     | -                      | 404 | -",
        "GET     | /admin/host/ping        | -                      | 200 | -",
        "GET     | /admin/host/status      | -                      | 200 | \"state\": \"Running\"",
        "GET     | /runtime/health         | -                      | 200 | \"status\":"
            + " \"healthy\"",
      })
  void answers(String method, String path, String body, int status, String contained)
      throws IOException, InterruptedException {
    HttpResponse<String> response =
        HostProcess.send(
            host.request(path)
                .method(
                    method.strip(),
                    body == null
                        ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofString(body)));
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.body()).contains(Optional.ofNullable(contained).orElse(""));
  }

  @Test
  void countsItsInvocationsAndWhatWaits() throws IOException, InterruptedException {
    HostProcess.send(
        host.request("/api/orders/99")
            .PUT(HttpRequest.BodyPublishers.ofString("{\"item\":\"tea\",\"quantity\":1}")));

    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() ->
            assertThat(host.get("/metrics").body())
                .containsPattern(
                    "roost_invocations_total\\{function=\"SubmitOrder\",outcome=\"succeeded\"}"
                        + " [1-9]")
                .contains("roost_invocation_duration_seconds_bucket{function=\"SubmitOrder\",le=")
                .contains("roost_backlog_events{functions=\"WorkOnOrder\",kind=\"waiting\"")
                .containsPattern(
                    "roost_invocation_completion_seconds_count\\{function=\"WorkOnOrder\"} [1-9]")
                .containsPattern("roost_concurrency_limit\\{listener=\"WorkOnOrder\"} [1-9]")
                .contains("jvm_memory_used_bytes"));
  }

  @Test
  void workThatTakesLongAnswersAtOnceAndTellsItsStatus() throws IOException, InterruptedException {
    HttpResponse<String> accepted =
        HostProcess.send(
            host.request("/api/orders/17")
                .PUT(HttpRequest.BodyPublishers.ofString("{\"item\":\"tea\",\"quantity\":2}")));
    assertThat(accepted.statusCode()).isEqualTo(202);
    String status = accepted.headers().firstValue("Location").orElseThrow();
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(host.get(status).body()).contains("done: 2 x tea"));
  }

  @Test
  void aMessageBecomesAnotherMessage() {
    storage.queue("relay-in").sendMessage("quiet");
    assertThat(storage.take("relay-out", 1)).containsExactly("QUIET");
    await().untilAsserted(() -> assertThat(storage.count("relay-in")).isZero());
  }

  @Test
  void aServiceBusMessageGoesThroughATopic() {
    host.awaitLine(line -> line.contains("The Service Bus emulator listens on 127.0.0.1:"));
    send("parcels", new ServiceBusMessage("a teapot"));
    assertThat(storage.take("tracked", 1))
        .containsExactly("a teapot is on its way, told at delivery 1");
  }

  @Test
  void theMessagesOfASessionStayInOrder() {
    List<ServiceBusMessage> lines = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      lines.add(new ServiceBusMessage("line " + i).setSessionId(i % 2 == 0 ? "Ada" : "Grace"));
    }
    send("lines", lines.toArray(ServiceBusMessage[]::new));
    assertThat(storage.take("dialogues", 6))
        .containsSubsequence("Ada: line 0", "Ada: line 2", "Ada: line 4")
        .containsSubsequence("Grace: line 1", "Grace: line 3", "Grace: line 5");
  }

  private static void send(String queue, ServiceBusMessage... messages) {
    try (ServiceBusSenderClient sender =
        new ServiceBusClientBuilder()
            .connectionString(bus)
            .sender()
            .queueName(queue)
            .buildClient()) {
      sender.sendMessages(List.of(messages));
    }
  }

  @Test
  void aMessageBecomesARow() {
    storage.queue("payments").sendMessage("{\"customer\":\"ada\",\"cents\":1250}");
    await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(rows()).hasSize(1));
    assertThat(rows().getFirst().getPartitionKey()).isEqualTo("ada");
    assertThat(rows().getFirst().getProperty("cents")).isEqualTo(1250L);
  }

  private static List<TableEntity> rows() {
    try {
      return storage.table("Ledger").listEntities().stream().toList();
    } catch (com.azure.core.exception.HttpResponseException e) {
      return List.of();
    }
  }

  @Test
  void aBlobBecomesAnotherBlob() {
    BlobContainerClient inbox = storage.container("inbox");
    inbox.getBlobClient("a/b.bin").upload(BinaryData.fromBytes(new byte[] {1, 2, 3}));
    inbox.getBlobClient("other.txt").upload(BinaryData.fromString("does not match"));
    BlobContainerClient outbox = storage.container("outbox");
    await().atMost(Duration.ofSeconds(60)).until(() -> outbox.getBlobClient("a/b.bin").exists());
    assertThat(outbox.getBlobClient("a/b.bin").downloadContent().toBytes())
        .containsExactly(3, 2, 1);
    assertThat(outbox.listBlobs().stream().count()).isEqualTo(1);
  }

  @Test
  void aFailureIsDeliveredAgainAsItsRetryPolicySays() {
    storage.queue("retry-in").sendMessage("patience");
    assertThat(storage.take("retry-out", 1)).containsExactly("patience after 2 retries");
  }

  @Test
  void aTimerFires() {
    assertThat(storage.take("heartbeats", 2)).doesNotHaveDuplicates();
  }

  @Test
  void theTableAtTheStartNamesEveryFunctionWithItsPlace() {
    assertThat(host.lines())
        .anyMatch(line -> line.contains("Greeting") && line.contains("/api/greetings/{name}"))
        .anyMatch(line -> line.contains("Relay") && line.contains("relay-in"))
        .anyMatch(line -> line.contains("Mirror") && line.contains("inbox/{name}.bin"))
        .anyMatch(line -> line.contains("Heartbeat") && line.contains("* * * * * *"));
  }

  @Test
  void theOfficialLinesTellEveryInvocation() throws IOException, InterruptedException {
    assertThat(host.get("/api/greetings/Log").statusCode()).isEqualTo(200);
    host.awaitLine(line -> line.contains("Executing 'Functions.Greeting' (Reason='"));
    host.awaitLine(line -> line.contains("Executed 'Functions.Greeting' (Succeeded, Id="));
    host.awaitLine(line ->
        line.contains("Function.Greeting.User [Greeting ") && line.contains("Greeting Log"));
  }
}
