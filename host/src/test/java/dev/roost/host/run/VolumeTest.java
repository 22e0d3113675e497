package dev.roost.host.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VolumeTest {

  @ParameterizedTest
  @CsvSource({
    // waiting, perHost, seconds to the next timer, needs one host, desired
    "0, 24, , false, 0",
    "1, 24, , false, 1",
    "24, 24, , false, 1",
    "25, 24, , false, 2",
    "2000, 24, , false, 84",
    "0, 4, , true, 1",
    "9, 4, , true, 3",
    "0, 1, 3600, false, 0",
    "0, 1, 120, false, 1",
    "0, 1, 121, false, 0",
    "0, 1, -30, false, 1",
  })
  void asksForTheOfficialTarget(
      long waiting, int perHost, Long untilDue, boolean needsOne, long desired) {
    Volume volume =
        new Volume(
            List.of("F"),
            List.of("q"),
            waiting,
            0,
            Optional.empty(),
            perHost,
            Optional.ofNullable(untilDue).map(Duration::ofSeconds),
            needsOne ? Optional.of("scans") : Optional.empty());
    assertThat(volume.desired(Duration.ofMinutes(2))).isEqualTo(desired);
  }
}
