package dev.roost.host.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.azure.core.util.BinaryData;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.queue.QueueClient;
import dev.roost.testkit.Azurite;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Two replicas of one app on one storage account. */
class TwoHostsIT {
  private static final int MESSAGES = 200;
  private static final int BLOBS = 20;

  @Test
  void shareMessagesAndBlobsAndFireOneTimer() throws IOException, InterruptedException {
    try (Azurite azurite = Azurite.launch();
        HostProcess first = start(azurite);
        HostProcess second = start(azurite)) {
      Storage storage = new Storage(azurite.connectionString());
      QueueClient in = storage.queue("relay-in");
      BlobContainerClient inbox = storage.container("inbox");
      IntStream.range(0, BLOBS)
          .forEach(
              i -> inbox.getBlobClient(i + ".bin").upload(BinaryData.fromBytes(new byte[] {1})));
      IntStream.range(0, MESSAGES).parallel().forEach(i -> in.sendMessage("m" + i));

      List<String> relayed = new ArrayList<>();
      QueueClient out = storage.queue("relay-out");
      await()
          .atMost(Duration.ofMinutes(3))
          .until(() -> {
            relayed.addAll(Storage.takeAll(out));
            return relayed.size() >= MESSAGES;
          });
      assertThat(relayed).hasSize(MESSAGES).doesNotHaveDuplicates();
      BlobContainerClient outbox = storage.container("outbox");
      await()
          .atMost(Duration.ofMinutes(2))
          .untilAsserted(() -> assertThat(outbox.listBlobs().stream().count()).isEqualTo(BLOBS));
      assertThat(executions(first, "Relay") + executions(second, "Relay")).isEqualTo(MESSAGES);
      assertThat(executions(first, "Relay")).as("the first took its share").isPositive();
      assertThat(executions(second, "Relay")).as("the second took its share").isPositive();
      assertThat(executions(first, "Mirror") + executions(second, "Mirror")).isEqualTo(BLOBS);
      oneTimerFires(storage, first, second);
      assertThat(first.terminate()).isZero();
      assertThat(second.terminate()).isZero();
    }
  }

  private static void oneTimerFires(Storage storage, HostProcess first, HostProcess second) {
    List<String> beats = storage.take("heartbeats", 5);
    assertThat(beats).doesNotHaveDuplicates();
    Set<Integer> firing = new HashSet<>();
    if (executions(first, "Heartbeat") > 0) {
      firing.add(1);
    }
    if (executions(second, "Heartbeat") > 0) {
      firing.add(2);
    }
    assertThat(firing).as("one host of two fires the timer").hasSize(1);
  }

  private static long executions(HostProcess host, String function) {
    return host.lines().stream()
        .filter(line -> line.contains("Executed 'Functions." + function + "' (Succeeded"))
        .count();
  }

  private static HostProcess start(Azurite azurite) throws IOException {
    return HostProcess.command(
            "start", HostProcess.samples().toString(), "--port", "0", "--log", "text")
        .with("AzureWebJobsStorage", azurite.connectionString())
        .with("HeartbeatSchedule", "* * * * * *")
        .started();
  }
}
