package dev.roost.host.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code validate --explain} on the sample app with settings from everywhere. */
class ExplainSettingsIT {
  @TempDir private Path app;

  private List<String> explain(String variable, String value) throws Exception {
    copySamples();
    Files.writeString(
        app.resolve("host.json"),
        """
        {"version": "2.0", "extensions": {"queues": {"batchSize": 8}, "blobs": {"poisonBlobThreshold": 3}},
         "roost": {"functions": {"Relay": {"maxPollingInterval": "00:00:05"},
                                 "Heartbeat": {"lateAfter": "00:00:03"}}}}
        """);
    Files.writeString(
        app.resolve("local.settings.json"),
        """
        {"IsEncrypted": false, "Values": {
          "AzureWebJobsStorage": "UseDevelopmentStorage=true",
          "HeartbeatSchedule": "0 */5 * * * *", "WEBSITE_TIME_ZONE": "Europe/Paris",
          "AzureFunctionsJobHost__extensions__queues__maxDequeueCount": "9"}}
        """);
    try (HostProcess command =
        HostProcess.command("validate", "--explain", app.toString())
            .with(variable, value)
            .start()) {
      command.exitCode();
      return command.lines();
    }
  }

  private void copySamples() throws IOException {
    try (Stream<Path> files = Files.walk(HostProcess.samples())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = app.resolve(HostProcess.samples().relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
  }

  /** The line of a function's setting, its spaces made one. */
  private static String line(List<String> lines, String function, String key) {
    int begin = lines.indexOf(function);
    assertThat(begin).as(() -> String.join("\n", lines)).isNotNegative();
    return lines.subList(begin, lines.size()).stream()
        .map(line -> line.strip().replaceAll("\\s+", " "))
        .filter(line -> line.startsWith(key + " "))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void tellsEverySettingInForceAndWhereItComesFrom() throws Exception {
    List<String> lines =
        explain("AzureFunctionsJobHost__extensions__queues__newBatchThreshold", "3");

    String relay = "Relay (queueTrigger)";
    assertThat(line(lines, relay, "queueName")).isEqualTo("queueName relay-in function.json");
    assertThat(line(lines, relay, "batchSize"))
        .isEqualTo("batchSize 8 extensions.queues.batchSize in host.json");
    assertThat(line(lines, relay, "newBatchThreshold"))
        .isEqualTo(
            "newBatchThreshold 3 AzureFunctionsJobHost__extensions__queues__newBatchThreshold in"
                + " the environment");
    assertThat(line(lines, relay, "maxDequeueCount"))
        .endsWith(
            "9 AzureFunctionsJobHost__extensions__queues__maxDequeueCount in"
                + " local.settings.json");
    assertThat(line(lines, relay, "maxPollingInterval"))
        .endsWith("00:00:05 roost.functions.Relay.maxPollingInterval in host.json");
    assertThat(line(lines, relay, "receiveLease")).isEqualTo("receiveLease 00:02:00 default");
    assertThat(line(lines, "Persistent (queueTrigger)", "maxDequeueCount"))
        .isEqualTo("maxDequeueCount 4 the function's retry policy");
    String heartbeat = "Heartbeat (timerTrigger)";
    assertThat(line(lines, heartbeat, "schedule"))
        .isEqualTo("schedule 0 */5 * * * * function.json");
    assertThat(line(lines, heartbeat, "timeZone"))
        .isEqualTo("timeZone Europe/Paris WEBSITE_TIME_ZONE in local.settings.json");
    assertThat(line(lines, heartbeat, "lateAfter"))
        .endsWith("00:00:03 roost.functions.Heartbeat.lateAfter in host.json");
    String mirror = "Mirror (blobTrigger)";
    assertThat(line(lines, mirror, "path")).isEqualTo("path inbox/{name}.bin function.json");
    assertThat(line(lines, mirror, "poisonBlobThreshold"))
        .endsWith("3 extensions.blobs.poisonBlobThreshold in host.json");
    String greeting = "Greeting (httpTrigger)";
    assertThat(line(lines, greeting, "route"))
        .isEqualTo("route /api/greetings/{name} function.json");
    assertThat(line(lines, greeting, "routePrefix")).isEqualTo("routePrefix api default");
    assertThat(lines.getLast()).isEqualTo("13 functions, 0 problems");
  }

  @Test
  void namesTheVariableThatIsWrong() throws Exception {
    assertThat(explain("AzureFunctionsJobHost__extensions__queues__batchSize", "99"))
        .contains(
            "the environment: AzureFunctionsJobHost__extensions__queues__batchSize: 99 is too"
                + " large. Write a whole number from 1 to 32: messages fetched at once.");
  }
}
