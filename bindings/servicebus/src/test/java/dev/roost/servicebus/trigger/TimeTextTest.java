package dev.roost.servicebus.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimeTextTest {
  private static final TimeText TIMES = new TimeText();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-11-23T09:30:00.123Z",
        "2026-11-23T09:30:00.007Z",
        "2026-11-23T09:30:00.990Z",
        "2026-11-23T09:30:00Z",
        "2026-11-23T09:30:00.123456Z",
        "2026-11-23T09:30:01.000000001Z",
        "2026-11-23T09:31:00.100Z",
        "1970-01-01T00:00:00.001Z",
        "1969-12-31T23:59:59.999Z",
        "+10000-01-01T00:00:00.500Z"
      })
  void writesATimeAsInstantDoes(String text) {
    assertThat(TIMES.text(Instant.parse(text))).isEqualTo(text);
  }
}
