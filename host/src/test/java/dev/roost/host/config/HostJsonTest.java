package dev.roost.host.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.spi.Problem;
import dev.roost.spi.RetryPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostJsonTest {
  @TempDir private Path folder;
  private final List<Problem> problems = new ArrayList<>();

  private HostJson read(String text, Map<String, String> settings) throws IOException {
    Path file = Files.writeString(folder.resolve("host.json"), text);
    return HostJson.read(Optional.of(file), new EnvironmentSettings(settings), problems);
  }

  @Test
  void hasDefaultsWithoutAFile() {
    HostJson hostJson =
        HostJson.read(Optional.empty(), new EnvironmentSettings(Map.of()), problems);
    assertThat(problems).isEmpty();
    assertThat(hostJson.functionTimeout()).contains(Duration.ofMinutes(30));
    assertThat(hostJson.retry()).isEmpty();
    assertThat(hostJson.allowList()).isEmpty();
    assertThat(hostJson.extension("queues")).isEmpty();
  }

  @Test
  void letsTheEnvironmentSpeakWithoutAFile() {
    HostJson hostJson =
        HostJson.read(
            Optional.empty(),
            new EnvironmentSettings(
                Map.of("AzureFunctionsJobHost__extensions__queues__batchSize", "3")),
            problems);
    assertThat(problems).isEmpty();
    assertThat(hostJson.extension("queues").path("batchSize").asInt()).isEqualTo(3);
  }

  @Test
  void readsWhatItKnows() throws IOException {
    HostJson hostJson =
        read(
            """
            { // comments and trailing commas are fine
              "version": "2.0",
              "functionTimeout": "00:05:00",
              "functions": ["A", "B"],
              "retry": {"strategy": "fixedDelay", "maxRetryCount": 3, "delayInterval": "00:00:10"},
              "extensions": {"queues": {"batchSize": 4}},
              "roost": {"functions": {"Orders": {"batchSize": 2}}},
            }
            """,
            Map.of());
    assertThat(problems).isEmpty();
    assertThat(hostJson.functionTimeout()).contains(Duration.ofMinutes(5));
    assertThat(hostJson.allowList()).containsExactly("A", "B");
    assertThat(hostJson.retry()).contains(new RetryPolicy.FixedDelay(3, Duration.ofSeconds(10)));
    assertThat(hostJson.extension("Queues").path("batchSize").asInt()).isEqualTo(4);
    assertThat(hostJson.functionSettings("orders").path("batchSize").asInt()).isEqualTo(2);
  }

  @ParameterizedTest(name = "{0}={1}")
  @CsvSource({
    "AzureFunctionsJobHost__extensions__queues__batchSize, 8",
    "azurefunctionsjobhost__EXTENSIONS__Queues__BATCHSIZE, 8",
    "AzureFunctionsJobHost:extensions:queues:batchSize, 8",
  })
  void letsTheEnvironmentOverride(String name, String value) throws IOException {
    HostJson hostJson =
        read(
            "{\"version\":\"2.0\",\"extensions\":{\"queues\":{\"batchSize\":4,\"maxDequeueCount\":2}}}",
            Map.of(name, value));
    assertThat(hostJson.extension("queues").path("batchSize").asInt()).isEqualTo(8);
    assertThat(hostJson.extension("queues").path("maxDequeueCount").asInt()).isEqualTo(2);
  }

  @Test
  void overridesArraysByIndex() throws IOException {
    HostJson hostJson =
        read(
            "{\"version\":\"2.0\",\"functions\":[\"A\",\"B\"]}",
            Map.of(
                "AzureFunctionsJobHost__functions__1", "C",
                "AzureFunctionsJobHost__functions__2", "D"));
    assertThat(hostJson.allowList()).containsExactly("A", "C", "D");
  }

  @Test
  void endsATimeoutWithMinusOne() throws IOException {
    assertThat(read("{\"version\":\"2.0\",\"functionTimeout\":\"-1\"}", Map.of()).functionTimeout())
        .isEmpty();
  }

  @Test
  void blamesTheSettingThatIsLaidOverTheFile() throws IOException {
    HostJson json =
        read(
            "{\"version\": \"2.0\", \"functionTimeout\": \"00:10:00\"}",
            Map.of("azurefunctionsjobhost:extensions:queues:batchSize", "99"));

    assertThat(problems)
        .extracting(Problem::line)
        .containsExactly(
            "the environment: azurefunctionsjobhost__extensions__queues__batchSize: 99 is too"
                + " large. Write a whole number from 1 to 32: messages fetched at once.");
    assertThat(json.extension("queues").isEmpty()).as("it is not told again").isTrue();
    assertThat(json.functionTimeout()).contains(Duration.ofMinutes(10));
  }

  @Test
  void knowsWhereAValueComesFrom() throws IOException {
    Path file = folder.resolve("host.json");
    Files.writeString(file, "{\"version\": \"2.0\"}");
    EnvironmentSettings settings =
        new EnvironmentSettings(
            Map.of(
                "AzureFunctionsJobHost__extensions__queues__batchSize", "9",
                "AzureFunctionsJobHost__retry__strategy", "fixedDelay",
                "AzureFunctionsJobHost__retry__maxRetryCount", "1",
                "AzureFunctionsJobHost__retry__delayInterval", "00:00:01"),
            Set.of("AzureFunctionsJobHost__extensions__queues__batchSize"));

    HostJson json = HostJson.read(Optional.of(file), settings, problems);

    assertThat(problems).isEmpty();
    assertThat(json.origin("extensions.Queues.batchsize"))
        .isEqualTo("AzureFunctionsJobHost__extensions__queues__batchSize in local.settings.json");
    assertThat(json.origin("retry")).startsWith("AzureFunctionsJobHost__retry__");
    assertThat(json.origin("functionTimeout")).isEqualTo("functionTimeout in host.json");
  }
}
