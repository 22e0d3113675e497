package dev.roost.host.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.azure.core.util.BinaryData;
import com.azure.storage.blob.BlobContainerClient;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.roost.testkit.Azurite;
import dev.roost.testkit.FaultyAzurite;
import dev.roost.testkit.Toxin;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * One host that lives through every fault its storage can have, all services at once: it says what
 * is wrong, asks without hurry, loses nothing and recovers by itself.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StorageFaultsIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MESSAGES = 10;
  private static final int BLOBS = 3;

  private final Azurite azurite = Azurite.launch();
  private final FaultyAzurite faulty = new FaultyAzurite(azurite);
  private final Storage storage = new Storage(azurite.connectionString());
  private final BlobContainerClient inbox = storage.container("inbox");
  private final BlobContainerClient outbox = storage.container("outbox");
  private HostProcess host;

  @BeforeAll
  void start() throws IOException {
    storage.queue("relay-in");
    storage.queue("relay-out");
    host =
        HostProcess.command(
                "start",
                HostProcess.samples().toString(),
                "--port",
                "0",
                "--functions",
                "Relay,Mirror",
                "--log",
                "text")
            .with("AzureWebJobsStorage", faulty.connectionString())
            .with("AzureFunctionsJobHost__extensions__queues__receiveLease", "00:00:20")
            .with("AzureFunctionsJobHost__extensions__queues__maxPollingInterval", "00:00:01")
            .started();
  }

  @AfterAll
  void stop() throws InterruptedException {
    int code = host.terminate();
    host.close();
    faulty.close();
    azurite.close();
    assertThat(code).isZero();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          BUSY      | 503 ServerBusy; the service is busy
          THROTTLED | 429 TooManyRequests; the service is busy
          BROKEN    | 500 InternalError
          FORBIDDEN | 403 AuthenticationFailed; check the key or the role of the connection
          RESET     | no answer
          CUT       | could not
          SLOW      | could not
          HUNG      | no answer
          """)
  void losesNothingSaysWhyAndRecovers(Toxin toxin, String reason) throws Exception {
    awaitStatus("healthy", "");
    faulty.forget();
    faulty.fail(toxin);
    long began = System.nanoTime();
    feed(toxin);
    awaitStatus("degraded", reason);
    awaitSince(began, Duration.ofSeconds(8));
    List<LoggedRequest> asked = faulty.requests();
    Duration outage = Duration.ofNanos(System.nanoTime() - began);
    faulty.heal();
    long healed = System.nanoTime();
    Set<String> out = new TreeSet<>();
    await()
        .atMost(Duration.ofSeconds(90))
        .until(() -> {
          out.addAll(Storage.takeAll(storage.queue("relay-out")));
          return out.containsAll(expected(toxin)) && mirrored(toxin) == BLOBS;
        });
    awaitStatus("healthy", "");
    System.out.printf(
        "%s: %d requests in %d ms of the fault, healthy %d ms after it%n",
        toxin,
        asked.size(),
        outage.toMillis(),
        Duration.ofNanos(System.nanoTime() - healed).toMillis());
    assertThat(asked.size()).as("requests while it failed").isLessThan(60);
    if (toxin == Toxin.BUSY || toxin == Toxin.THROTTLED) {
      assertThat(pauses(asked)).allMatch(pause -> pause.compareTo(Duration.ofMillis(2_900)) > 0);
    }
    assertThat(storage.count("relay-in-poison")).isZero();
    assertThat(storage.count("webjobs-blobtrigger-poison")).isZero();
  }

  private void feed(Toxin toxin) {
    IntStream.range(0, MESSAGES)
        .forEach(i -> storage.queue("relay-in").sendMessage(toxin.name() + i));
    IntStream.range(0, BLOBS)
        .forEach(i ->
            inbox.getBlobClient(toxin.name() + i + ".bin").upload(BinaryData.fromString("ab")));
  }

  private static Set<String> expected(Toxin toxin) {
    return IntStream.range(0, MESSAGES)
        .mapToObj(i -> toxin.name() + i)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private long mirrored(Toxin toxin) {
    return outbox.listBlobs().stream()
        .filter(blob -> blob.getName().startsWith(toxin.name()))
        .count();
  }

  private static void awaitSince(long began, Duration pause) {
    await().until(() -> System.nanoTime() - began >= pause.toNanos());
  }

  /** Every listener is in this state; those that are not well say why. */
  private void awaitStatus(String status, String reason) {
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> {
          JsonNode health = JSON.readTree(host.get("/runtime/health").body());
          assertThat(health.path("status").asText()).as("%s", health).isEqualTo(status);
          for (JsonNode listener : health.path("listeners")) {
            boolean well = listener.path("state").asText().equals("up");
            assertThat(well).as("%s", listener).isEqualTo(status.equals("healthy"));
            assertThat(listener.path("reason").asText()).contains(reason);
          }
        });
  }

  /** Between two polls of the same queue. */
  private static List<Duration> pauses(List<LoggedRequest> asked) {
    List<Long> polls =
        asked.stream()
            .filter(request -> request.getMethod().getName().equals("GET"))
            .filter(request -> request.getUrl().contains("/relay-in/messages"))
            .map(request -> request.getLoggedDate().getTime())
            .toList();
    assertThat(polls).hasSizeGreaterThan(1);
    return IntStream.range(1, polls.size())
        .mapToObj(i -> Duration.ofMillis(polls.get(i) - polls.get(i - 1)))
        .toList();
  }
}
