package dev.roost.host.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.roost.testkit.Azurite;
import java.io.IOException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** SIGTERM: what runs ends, what was not fetched stays, the exit code is 0. */
class DrainIT {
  private static final int MESSAGES = 300;

  @Test
  void finishesWhatRunsLeavesTheRestVisibleAndExitsWithZero()
      throws IOException, InterruptedException {
    try (Azurite azurite = Azurite.launch()) {
      Storage storage = new Storage(azurite.connectionString());
      IntStream.range(0, MESSAGES)
          .parallel()
          .forEach(i -> storage.queue("relay-in").sendMessage("m" + i));
      HostProcess host =
          HostProcess.command(
                  "start",
                  HostProcess.samples().toString(),
                  "--port",
                  "0",
                  "--functions",
                  "Relay",
                  "--log",
                  "text")
              .with("AzureWebJobsStorage", azurite.connectionString())
              .started();
      await().until(() -> storage.count("relay-out") > 10);
      assertThat(host.terminate()).as("exit code").isZero();
      assertThat(host.lines()).anyMatch(line -> line.endsWith("Drained"));
      int done = storage.take("relay-out", storage.count("relay-out")).size();
      int left = Storage.takeAll(storage.queue("relay-in")).size();
      assertThat(done + left).as("done %d, left visible %d", done, left).isEqualTo(MESSAGES);
    }
  }
}
