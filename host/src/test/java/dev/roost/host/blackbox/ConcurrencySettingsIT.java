package dev.roost.host.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What static settings mean beside {@code dynamicConcurrencyEnabled}, on a queue and a bus. */
class ConcurrencySettingsIT {
  private static @TempDir Path folder;
  private static ConcurrencyApp app;

  @BeforeAll
  static void start() throws IOException {
    app = new ConcurrencyApp(folder);
  }

  @AfterAll
  static void stop() throws IOException {
    app.close();
  }

  @ParameterizedTest(name = "{0}: batchSize {2}, newBatchThreshold {3}, maxConcurrentCalls {4}")
  @CsvSource({
    "unwritten, '',                                       1, 0, 1, 1, 1,   1, 1",
    "off,       '\"dynamicConcurrencyEnabled\": false',   4, 2, 3, 4, 6,   3, 3",
    "on,        '\"dynamicConcurrencyEnabled\": true',    1, 0, 1, 4, 500, 4, 500"
  })
  void runsAsManyAtOnceAsTheSettingsSay(
      String place,
      String concurrency,
      int batchSize,
      int newBatchThreshold,
      int calls,
      int least,
      int most,
      int leastCalls,
      int mostCalls)
      throws IOException, InterruptedException {
    String hostJson =
        """
        {"version": "2.0", "concurrency": {%s}, "extensions": {
          "queues": {"batchSize": %d, "newBatchThreshold": %d},
          "serviceBus": {"maxConcurrentCalls": %d}}}
        """
            .formatted(concurrency, batchSize, newBatchThreshold, calls);
    app.send(place + "-queue", 12, i -> "m" + i);
    try (HostProcess host = app.start(place, hostJson, "Queued,Bused,Seen")) {
      app.sendByBus(place + "-queue", 12);
      assertThat(mostAtOnce(host, "Queued")).isBetween(least, most);
      assertThat(mostAtOnce(host, "Bused")).isBetween(leastCalls, mostCalls);
    }
  }

  private static int mostAtOnce(HostProcess host, String function)
      throws IOException, InterruptedException {
    await().until(() -> ConcurrencyApp.runs(host, function).size() == 12);
    return ConcurrencyApp.runs(host, function).stream()
        .mapToInt(ConcurrencyApp.Run::running)
        .max()
        .orElseThrow();
  }
}
