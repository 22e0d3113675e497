package dev.roost.host.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.azure.core.util.BinaryData;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.queue.QueueClient;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.roost.testkit.Azurite;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The storage is gone for half a minute while a host is under load. */
class StorageOutageIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MESSAGES = 750;
  private static final int BEFORE = 600;
  private static final int BLOBS = 40;
  private static final Duration OUTAGE = Duration.ofSeconds(30);

  private final AtomicInteger sent = new AtomicInteger();
  private final AtomicInteger written = new AtomicInteger();
  private final Map<String, Integer> runs = new TreeMap<>();

  @Test
  void everyMessageAndBlobIsProcessedAcrossAnOutage() throws Exception {
    try (Azurite azurite = Azurite.launch()) {
      Storage storage = new Storage(azurite.connectionString());
      storage.queue("relay-out");
      IntStream.range(0, BEFORE).parallel().forEach(i -> send(storage, i));
      sent.set(BEFORE);
      try (HostProcess host = start(azurite)) {
        Thread load = Thread.ofPlatform().start(() -> feedUntilItFails(storage));
        await().pollInterval(Duration.ofMillis(1)).until(() -> storage.count("relay-out") > 20);
        assertThat(storage.count("relay-in")).as("left when the storage goes").isPositive();
        azurite.stop();
        survives(azurite, storage, host, load);
      }
    }
  }

  private void survives(Azurite azurite, Storage storage, HostProcess host, Thread load)
      throws Exception {
    long stopped = System.nanoTime();
    awaitStatus(host, "degraded");
    await()
        .atMost(OUTAGE.multipliedBy(2))
        .until(() -> System.nanoTime() - stopped >= OUTAGE.toNanos());
    assertThat(status(host)).isEqualTo("degraded");
    azurite.start();
    long back = System.nanoTime();
    load.interrupt(); // its own client may pause for a minute before it tries again
    load.join();
    QueueClient out = storage.queue("relay-out");
    feed(storage);
    await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> collect(out) == MESSAGES && mirrored(storage) == BLOBS);
    Duration recovered = Duration.ofNanos(System.nanoTime() - back);
    awaitStatus(host, "healthy");
    await().until(() -> storage.count("relay-in") == 0);
    int all = runs.values().stream().mapToInt(Integer::intValue).sum();
    System.out.printf(
        "outage of %d s: %d messages and %d blobs, 0 lost, %d messages twice, all done %d ms"
            + " after the storage was back%n",
        OUTAGE.toSeconds(), MESSAGES, BLOBS, all - MESSAGES, recovered.toMillis());
    assertThat(all - MESSAGES).as("no more than were in flight").isLessThanOrEqualTo(32);
    assertThat(storage.count("relay-in-poison")).isZero();
    assertThat(storage.count("webjobs-blobtrigger-poison")).isZero();
    assertThat(host.terminate()).isZero();
  }

  private void feedUntilItFails(Storage storage) {
    try {
      feed(storage);
    } catch (RuntimeException _) {
      // The storage went; what could not be sent is sent when it is back.
    }
  }

  /** Writes what was not written yet, messages and blobs in turn. */
  private void feed(Storage storage) {
    QueueClient in = storage.queue("relay-in");
    BlobContainerClient inbox = storage.container("inbox");
    for (; sent.get() < MESSAGES; sent.incrementAndGet()) {
      in.sendMessage("message-" + sent.get());
      if (written.get() < BLOBS) {
        BinaryData content = BinaryData.fromString("ab");
        inbox.getBlobClient("blob-" + written.get() + ".bin").upload(content, true);
        written.incrementAndGet();
      }
    }
  }

  private static void send(Storage storage, int number) {
    storage.queue("relay-in").sendMessage("message-" + number);
  }

  private int collect(QueueClient out) {
    Storage.takeAll(out).forEach(text -> runs.merge(text, 1, Integer::sum));
    return runs.size();
  }

  private static long mirrored(Storage storage) {
    return storage.container("outbox").listBlobs().stream().count();
  }

  private static String status(HostProcess host) throws IOException, InterruptedException {
    JsonNode health = JSON.readTree(host.get("/runtime/health").body());
    return health.path("status").asText();
  }

  private static void awaitStatus(HostProcess host, String status) {
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(status(host)).isEqualTo(status));
  }

  private static HostProcess start(Azurite azurite) throws IOException {
    return HostProcess.command(
            "start",
            HostProcess.samples().toString(),
            "--port",
            "0",
            "--functions",
            "Relay,Mirror",
            "--log",
            "text")
        .with("AzureWebJobsStorage", azurite.connectionString())
        .with("AzureFunctionsJobHost__extensions__queues__receiveLease", "00:00:10")
        .started();
  }
}
