package dev.roost.host.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.testkit.TestHost;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LimitSnapshotsTest {
  private static final String PATH =
      "azure-webjobs-hosts/concurrency/testhost/concurrencyStatus.json";

  private final TestHost host = new TestHost();
  private final Map<String, Integer> limits = new HashMap<>(Map.of("Work", 8));
  private final LimitSnapshots snapshots =
      new LimitSnapshots(host, 4, () -> Map.copyOf(limits), limits::putAll);

  private void pass(int seconds) {
    for (int i = 0; i < seconds; i++) {
      host.manualClock.advance(Duration.ofSeconds(1));
    }
  }

  @Test
  void writesTheOfficialDocumentWhenALimitHasChanged() throws IOException {
    snapshots.start();
    pass(11);
    assertThat(host.stateStore.read(PATH)).isEmpty();
    limits.put("Work", 20);
    pass(11);
    assertThat(host.stateStore.read(PATH).orElseThrow().content())
        .startsWith("{\"Timestamp\":\"2026-01-01T00:00:")
        .endsWith(
            "Z\",\"NumberOfCores\":4,\"FunctionSnapshots\":"
                + "{\"Host.Functions.Work\":{\"Concurrency\":20}}}");
  }

  @Test
  void restoresWhatTheOfficialHostWroteScaledByTheCores() throws IOException {
    host.stateStore.write(
        PATH,
        "{\"Timestamp\":\"2026-01-01T00:00:00Z\",\"NumberOfCores\":2,\"FunctionSnapshots\":"
            + "{\"Host.Functions.Work\":{\"Concurrency\":12},\"other\":{\"Concurrency\":3}}}");
    snapshots.start();
    pass(1);
    assertThat(limits).isEqualTo(Map.of("Work", 24));
  }

  @Test
  void beginsAnewWhenTheDocumentIsBroken() throws IOException {
    host.stateStore.write(PATH, "{");
    snapshots.start();
    pass(1);
    limits.put("Work", 9);
    pass(11);
    assertThat(host.stateStore.read(PATH).orElseThrow().content()).contains("\"Concurrency\":9");
  }
}
