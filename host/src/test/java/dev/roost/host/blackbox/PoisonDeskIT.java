package dev.roost.host.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.roost.testkit.Azurite;
import java.io.IOException;
import java.util.List;
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

  @Test
  void tellsWhyAMessageFailedAndBringsItBackToTheRunningHost() throws Exception {
    try (Azurite azurite = Azurite.launch();
        HostProcess host =
            HostProcess.command("start", HostProcess.samples().toString(), "--port", "0")
                .with("AzureWebJobsStorage", azurite.connectionString())
                .with("HeartbeatSchedule", "0 0 0 1 1 *")
                .started()) {
      Storage storage = new Storage(azurite.connectionString());
      storage.queue("payments").sendMessage("this is no payment");
      await().until(() -> storage.count("payments-poison") == 1);

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
