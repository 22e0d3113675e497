package dev.roost.host.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.roost.host.blackbox.TimerApp.Line;
import dev.roost.testkit.Azurite;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long a timer stands still when the host that runs it is killed. */
class TimerTakeoverIT {
  private static final Duration LEASE = Duration.ofSeconds(15);

  private @TempDir Path folder;

  @Test
  void theNextHostTakesOverWithinTheLeaseAndTwoSeconds() throws IOException, InterruptedException {
    TimerApp app = TimerApp.in(folder.toRealPath());
    try (Azurite azurite = Azurite.launch();
        HostProcess holder = app.start(azurite.connectionString())) {
      firstAfter(app, Instant.EPOCH);
      try (HostProcess next = app.start(azurite.connectionString())) {
        await().until(() -> next.get("/runtime/health").body().split("holds the lock").length == 5);
        holder.kill();
        Instant killed = Instant.now();
        Line first = firstAfter(app, killed);
        Duration took = Duration.between(killed, first.at());
        System.out.printf("takeover after kill -9: %.1f s%n", took.toMillis() / 1e3);
        assertThat(first.pid()).isEqualTo(next.pid());
        assertThat(took).isLessThan(LEASE.plusSeconds(2));
      }
    }
  }

  @Test
  void aQuickRestartTakesOverFromItsDeadPredecessorAtOnce()
      throws IOException, InterruptedException {
    TimerApp app = TimerApp.in(folder.toRealPath()).withLease("00:01:00");
    try (Azurite azurite = Azurite.launch();
        HostProcess before = app.start(azurite.connectionString())) {
      firstAfter(app, Instant.EPOCH);
      // Who holds the lock stands in the register soon after it was taken.
      await().until(() -> app.begun("Defaults").size() > 2);
      before.kill();
      Instant killed = Instant.now();
      try (HostProcess after = app.start(azurite.connectionString())) {
        Instant started = Instant.now();
        after.awaitLine(line -> line.contains("a process of this machine that has ended"));
        Line first = firstAfter(app, killed);
        System.out.printf(
            "quick restart: first run %.1f s after the kill, %.1f s after the host started%n",
            Duration.between(killed, first.at()).toMillis() / 1e3,
            Duration.between(started, first.at()).toMillis() / 1e3);
        assertThat(first.pid()).isEqualTo(after.pid());
        assertThat(Duration.between(killed, first.at()))
            .as("far less than the lease of a minute")
            .isLessThan(Duration.ofSeconds(30));
      }
    }
  }

  private static Line firstAfter(TimerApp app, Instant since) {
    return await()
        .atMost(LEASE.multipliedBy(4))
        .until(
            () -> app.begun("Defaults").stream().filter(run -> run.at().isAfter(since)).findFirst(),
            Optional::isPresent)
        .orElseThrow();
  }
}
