package dev.roost.host.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.roost.testkit.Azurite;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** The poison desk of the packaged host, beside a host that runs. */
class PoisonDeskIT {
  private static List<String> desk(Azurite azurite, String... args)
      throws IOException, InterruptedException {
    try (HostProcess command =
        HostProcess.command(args)
            .with("AzureWebJobsStorage", azurite.connectionString())
            .in(HostProcess.samples())
            .start()) {
      assertThat(command.exitCode()).as(() -> String.join("\n", command.lines())).isZero();
      return command.lines();
    }
  }

  /** What {@code /metrics} tells of the poison queue; empty when it is not told of. */
  private static OptionalDouble poison(String metrics, String unit) {
    return metrics
        .lines()
        .filter(line -> line.startsWith("roost_backlog_" + unit + "{"))
        .filter(line -> line.contains("kind=\"poison\"") && line.contains("\"payments-poison\""))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .findFirst();
  }

  @Test
  void tellsWhyAMessageFailedAndBringsItBackToTheRunningHost() throws Exception {
    try (Azurite azurite = Azurite.launch();
        HostProcess host =
            HostProcess.command("start", HostProcess.samples().toString(), "--port", "0")
                .with("AzureWebJobsStorage", azurite.connectionString())
                .with("AZURE_FUNCTIONS_ENVIRONMENT", "Development")
                .with("HeartbeatSchedule", "0 0 0 1 1 *")
                .started()) {
      Storage storage = new Storage(azurite.connectionString());
      storage.queue("payments").sendMessage("this is no payment");
      await().until(() -> storage.count("payments-poison") == 1);
      // The host asks the queues at most every ten seconds.
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() -> {
            String metrics = host.get("/metrics").body();
            assertThat(poison(metrics, "events")).hasValue(1);
            assertThat(poison(metrics, "age_seconds").orElseThrow()).isPositive();
          });

      assertThat(desk(azurite, "poison", "list", "payments"))
          .anyMatch(line -> line.contains("Ledger"))
          .noneMatch(line -> line.contains("this is no payment"));
      assertThat(desk(azurite, "poison", "show", "Ledger"))
          .anyMatch(line -> line.contains("maxDequeueCount of 5"))
          .anyMatch(line -> line.startsWith("attempt 5"))
          .contains("  this is no payment");

      // It fails again, and is poison again with a record of its own: nothing is lost.
      assertThat(desk(azurite, "poison", "redrive", "payments", "--all"))
          .contains("1 redriven to queue 'payments'");
      await().until(() -> storage.count("payments-poison") == 1 && storage.count("payments") == 0);
      assertThat(desk(azurite, "poison", "drop", "payments", "--all")).contains("1 dropped");
      assertThat(host.isAlive()).isTrue();
      assertThat(storage.count("payments-poison")).isZero();
    }
  }
}
