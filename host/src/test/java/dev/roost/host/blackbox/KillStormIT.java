package dev.roost.host.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.models.BlobItem;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.roost.testkit.Azurite;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What kill -9 costs: redeliveries, never a message. {@code mvn verify -Pstorm} runs the long form.
 */
class KillStormIT {
  private static final boolean LONG = Boolean.getBoolean("roost.storm");
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void losesNothingAndRunsTwiceOnlyWhatWasInFlight(@TempDir Path folder)
      throws IOException, InterruptedException {
    try (Azurite azurite = Azurite.launch()) {
      KillStorm storm = new KillStorm(azurite, folder, LONG ? 3_000 : 500, LONG ? 300 : 50);
      long begin = System.nanoTime();
      int kills = LONG ? 30 : 5;
      storm.run(kills);
      long seconds = Duration.ofNanos(System.nanoTime() - begin).toSeconds();
      System.out.printf(
          "kill -9 storm of %d kills in %d s%n  %s%n  %s%n",
          kills, seconds, storm.messages(), storm.blobs());
      assertThat(storm.messages().inFlight()).as("the kills hit work").isPositive();
      for (Toll toll : List.of(storm.messages(), storm.blobs())) {
        assertThat(toll.lost()).as(toll.toString()).isZero();
        assertThat(toll.poisoned()).as(toll.toString()).isZero();
        assertThat(toll.duplicates()).as(toll.toString()).isLessThanOrEqualTo(toll.inFlight());
      }
    }
  }

  /** Both attempts end in a kill, so that no host ever saw one fail. */
  @Test
  void aMessageThatKillsAlonePoisonedSaysSoInItsRecord(@TempDir Path folder)
      throws IOException, InterruptedException {
    try (Azurite azurite = Azurite.launch()) {
      Storage storage = new Storage(azurite.connectionString());
      IntStream.range(0, 3).forEach(i -> storage.queue("work").sendMessage("endless-" + i));
      Path app = KillStorm.app(folder);
      for (int kill = 1; kill <= 2; kill++) {
        HostProcess host = KillStorm.start(app, azurite, 2);
        await().until(() -> RunRecord.of(host, "Work").begun().size() == 3);
        host.kill();
      }
      try (HostProcess host = KillStorm.start(app, azurite, 2)) {
        await().until(() -> storage.count("work-poison") == 3 && storage.count("work") == 0);
        assertThat(RunRecord.of(host, "Work").begun()).isEmpty();
      }
      BlobContainerClient records = storage.container("azure-webjobs-hosts");
      List<BlobItem> items =
          records.listBlobsByHierarchy("roost/poison/work-poison/").stream().toList();
      assertThat(items).hasSize(3);
      for (BlobItem item : items) {
        String text = records.getBlobClient(item.getName()).downloadContent().toString();
        JsonNode record = JSON.readTree(text);
        assertThat(record.path("reason").asText())
            .isEqualTo(
                "it had all attempts that maxDequeueCount 2 allows; none was ever settled, because"
                    + " the host was killed or lost the storage");
        assertThat(record.path("neverSettled").asInt()).as(text).isEqualTo(2);
        assertThat(record.path("attempts")).as(text).isEmpty();
      }
    }
  }
}
