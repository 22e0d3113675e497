package dev.roost.host.lease;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roost.spi.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LeaseOptionsTest {
  private final List<Problem> problems = new ArrayList<>();

  private LeaseOptions read(String json) throws Exception {
    return LeaseOptions.read((ObjectNode) new ObjectMapper().readTree(json), "host.json", problems);
  }

  @Test
  void isFifteenSecondsUnlessHostJsonSaysOtherwise() throws Exception {
    assertThat(read("{}")).isEqualTo(LeaseOptions.DEFAULT);
    assertThat(LeaseOptions.DEFAULT.listenerLockPeriod()).isEqualTo(Duration.ofSeconds(15));
    assertThat(
            read(
                "{\"ListenerLockPeriod\":\"00:00:40\","
                    + "\"listenerLockRecoveryPollingInterval\":\"00:01:00\"}"))
        .isEqualTo(
            new LeaseOptions(
                Duration.ofSeconds(40),
                Optional.of(Duration.ofSeconds(60)),
                LeaseOptions.DEFAULT.calls()));
    assertThat(problems).isEmpty();
  }

  @Test
  void readsWhatHoldsForSingleCalls() throws Exception {
    assertThat(
            read("""
            {"lockPeriod":"00:00:20","lockAcquisitionTimeout":"00:02:00",
             "lockAcquisitionPollingInterval":"00:00:03"}
            """)
                .calls())
        .isEqualTo(
            new LeaseOptions.Calls(
                Duration.ofSeconds(20),
                Optional.of(Duration.ofMinutes(2)),
                Optional.of(Duration.ofSeconds(3))));
    assertThat(problems).isEmpty();
  }

  @Test
  void readsDotNetsNever() throws Exception {
    assertThat(
            read("{\"listenerLockRecoveryPollingInterval\":\"10675199.02:48:05.4775807\"}")
                .recoveryPolling()
                .orElseThrow())
        .isGreaterThan(Duration.ofDays(3650));
    assertThat(problems).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "listenerLockPeriod, 00:00:14",
    "listenerLockPeriod, 00:01:01",
    "listenerLockPeriod, 15",
    "listenerLockPeriod, soon",
    "lockPeriod, 00:00:05",
    "lockAcquisitionTimeout, 00:00:00",
    "lockAcquisitionTimeout, -00:00:01",
    "lockAcquisitionPollingInterval, 00:00:00.4",
    "listenerLockRecoveryPollingInterval, 00:00:14"
  })
  void tellsWhatIsOutOfBounds(String key, String value) throws Exception {
    assertThat(read("{\"%s\":\"%s\"}".formatted(key, value))).isEqualTo(LeaseOptions.DEFAULT);
    assertThat(problems).hasSize(1);
    assertThat(problems.getFirst().line())
        .startsWith("host.json: singleton." + key + ": '" + value + "' is not a time span ");
  }
}
