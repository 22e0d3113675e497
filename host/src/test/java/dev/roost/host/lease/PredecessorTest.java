package dev.roost.host.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.testkit.ManualClock;
import dev.roost.testkit.MemoryLeaseProvider;
import dev.roost.testkit.MemoryStateStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A host that starts where another of the same machine holds the lock, or held it. */
class PredecessorTest {
  private final ManualClock clock = new ManualClock(Instant.parse("2026-01-01T00:00:00Z"));
  private final MemoryLeaseProvider shared = new MemoryLeaseProvider(clock);
  private final MemoryStateStore documents = new MemoryStateStore(clock);
  private final Node first = new Node("first", clock, shared, documents);
  private final Node second = new Node("second", clock, shared, documents);
  private @TempDir Path proc;
  private ProcDirectory kernel;

  @BeforeEach
  void theFirstHoldsTheLock() throws IOException {
    kernel = new ProcDirectory(proc);
    become("41", "7000");
    first.keep(LeaseOptions.DEFAULT, new Processes(proc)).compete();
    clock.advance(Duration.ofSeconds(1));
    assertThat(first.told).containsExactly("elected");
  }

  private void become(String pid, String started) throws IOException {
    kernel.run(pid, started);
    kernel.self(pid);
  }

  @Test
  void aRestartTakesOverFromItsDeadPredecessorAtOnce() throws IOException {
    first.stop();
    kernel.end("41");
    become("42", "9000");
    // App Service gives a restarted process its old instance id.
    second.host.instanceId = "first";
    second.keep(LeaseOptions.DEFAULT, new Processes(proc)).compete();
    assertThat(second.told).containsExactly("elected");
  }

  @Test
  void aRestartDoesNotTakeTheLockFromALivingNeighbour() throws IOException {
    become("42", "9000");
    second.keep(LeaseOptions.DEFAULT, new Processes(proc)).compete();
    clock.advance(Duration.ofMinutes(1));
    assertThat(second.told).isEmpty();
    assertThat(first.holds()).isTrue();
    assertThat(proc.resolve("41/stat")).exists();
  }
}
