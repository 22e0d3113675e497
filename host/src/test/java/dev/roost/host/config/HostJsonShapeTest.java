package dev.roost.host.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.spi.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostJsonShapeTest {
  @TempDir private Path folder;
  private final List<Problem> problems = new ArrayList<>();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          5                                                 | $: is a number: 5. Write a JSON object that begins with "version": "2.0".
          {}                                                | $.version: is missing. Write "2.0", as a text.
          {"version": "2.0", "functionTimeout": "soon"}     | $.functionTimeout: "soon" does not fit. Write a time span of at least one second, for example "00:30:00", or "-1" for no limit.
          {"version": "2.0", "functionTimeout": "00:00:00"} | functionTimeout: '00:00:00' is not a time span of at least one second. Write "hh:mm:ss", for example "00:30:00", or "-1" for no limit.
          {"version": "2.0", "retry": {"maxRetryCount": 1}} | $.retry.minimumInterval: is missing. Write a time span, for example "00:00:10" (hh:mm:ss).;$.retry.maximumInterval: is missing. Write a time span, for example "00:00:10" (hh:mm:ss).
          """)
  void tellsEachMistakeOnce(String json, String expected) throws Exception {
    Path file = Files.writeString(folder.resolve("host.json"), json);
    HostJson.read(Optional.of(file), new EnvironmentSettings(Map.of()), problems);
    assertThat(problems)
        .extracting(Problem::line)
        .containsExactlyElementsOf(
            List.of(expected.split(";")).stream().map(line -> file + ": " + line).toList());
  }

  @Test
  void readsAFileThatFits() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("host.json"),
            "{\"version\": \"2.0\", \"functionTimeout\": \"00:05:00\"}");
    HostJson hostJson =
        HostJson.read(Optional.of(file), new EnvironmentSettings(Map.of()), problems);
    assertThat(problems).isEmpty();
    assertThat(hostJson.functionTimeout()).contains(Duration.ofMinutes(5));
  }
}
