package dev.roost.host.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.azure.storage.queue.QueueClient;
import dev.roost.testkit.Azurite;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What kill -9 costs: redeliveries, never a message. */
class KillStormIT {
  private static final int MESSAGES = 1_000;
  private static final int KILLS = 3;

  @Test
  void losesNoMessageAndPoisonsNoneWhileTheHostIsKilledAgainAndAgain()
      throws IOException, InterruptedException {
    try (Azurite azurite = Azurite.launch()) {
      Storage storage = new Storage(azurite.connectionString());
      QueueClient in = storage.queue("relay-in");
      QueueClient out = storage.queue("relay-out");
      IntStream.range(0, MESSAGES).parallel().forEach(i -> in.sendMessage("message-" + i));
      Map<String, Integer> seen = new TreeMap<>();
      HostProcess host = start(azurite);
      for (int kill = 1; kill <= KILLS; kill++) {
        int until = MESSAGES * kill / (KILLS + 2);
        await()
            .atMost(Duration.ofMinutes(3))
            .pollDelay(Duration.ZERO)
            .pollInterval(Duration.ofMillis(1))
            .until(() -> collectPage(out, seen) >= until);
        assertThat(storage.count("relay-in")).as("left to lose at kill %d", kill).isPositive();
        host.kill();
        host = start(azurite);
      }
      await()
          .atMost(Duration.ofMinutes(5))
          .until(() -> collect(out, seen) >= MESSAGES && storage.count("relay-in") == 0);
      host.close();
      int runs = seen.values().stream().mapToInt(Integer::intValue).sum();
      System.out.printf(
          "kill -9 storm: %d messages, %d kills, %d runs, %d duplicates, %d lost, %d in poison%n",
          MESSAGES,
          KILLS,
          runs,
          runs - seen.size(),
          MESSAGES - seen.size(),
          storage.count("relay-in-poison"));
      assertThat(seen).hasSize(MESSAGES);
      assertThat(storage.count("relay-in-poison")).isZero();
    }
  }

  /** One page at a time, so that a kill hits a host that is at work. */
  private static int collectPage(QueueClient out, Map<String, Integer> seen) {
    Storage.takePage(out).forEach(text -> seen.merge(text, 1, Integer::sum));
    return seen.size();
  }

  private static int collect(QueueClient out, Map<String, Integer> seen) {
    Storage.takeAll(out).forEach(text -> seen.merge(text, 1, Integer::sum));
    return seen.size();
  }

  private static HostProcess start(Azurite azurite) throws IOException {
    return HostProcess.command(
            "start",
            HostProcess.samples().toString(),
            "--port",
            "0",
            "--functions",
            "Relay",
            "--log",
            "text")
        .with("AzureWebJobsStorage", azurite.connectionString())
        .with("HeartbeatSchedule", "0 0 0 1 1 *")
        .with("AzureFunctionsJobHost__extensions__queues__receiveLease", "00:00:10")
        .with("AzureFunctionsJobHost__extensions__queues__maxPollingInterval", "00:00:01")
        .started();
  }
}
