package dev.roost.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeSpansTest {

  @ParameterizedTest
  @CsvSource({
    "00:00:01, PT1S",
    "00:05:00, PT5M",
    "01:00:00, PT1H",
    "23:59:59, PT23H59M59S",
    "1:2:3, PT1H2M3S",
    "0001:02:03, PT1H2M3S",
    "00:05, PT5M",
    "12:30, PT12H30M",
    "5, PT120H",
    "1.00:00:00, PT24H",
    "1.02:03:04, PT26H3M4S",
    "1:02:03:04, PT26H3M4S",
    "1.02:03, PT26H3M",
    "7.00:00, PT168H",
    "00:00:00.5, PT0.5S",
    "00:00:01.0000001, PT1.0000001S",
    "1.00:00:00.25, PT24H0.25S",
    "1:00:00:00.25, PT24H0.25S",
    "00:01:.5, PT1M0.5S",
    "24:00:00, PT576H",
    "25:23:59, PT623H59M",
    "100:00:00, PT2400H",
    "10675199.02:48:05.4775807, PT256204778H48M5.4775807S",
    "-00:05:00, PT-5M",
    "-5, PT-120H",
    "' 00:05:00 ', PT5M"
  })
  void readsWhatDotNetReads(String text, Duration expected) {
    assertThat(TimeSpans.parse(text)).contains(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "x",
        "24:00",
        "00:60",
        "00:60:00",
        "00:00:60",
        "24:00:60",
        "25:24:00",
        "1.24:00:00",
        "1.00:60:00",
        "24:00:00.5",
        "1:2:3:4:5",
        "1.5",
        "00:00:00.12345678",
        "00:05:00 h",
        "- 00:05:00",
        "+00:05:00",
        "00::00",
        "1,00:00:00",
        "10675200",
        "10675199.02:48:05.4775808",
        "PT5M",
        "5m"
      })
  void leavesWhatDotNetDoesNotRead(String text) {
    assertThat(TimeSpans.parse(text)).isEmpty();
  }
}
