package dev.roost.timer;

import static dev.roost.timer.TimerBench.STATUS;
import static dev.roost.timer.TimerBench.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.testkit.FaultyStore;
import dev.roost.testkit.MemoryStateStore;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class MissedWatchTest {
  private final TimerBench leader = new TimerBench("0 */5 * * * *");

  @Test
  void saysNothingWhileTheHolderRunsTheTimer() throws Exception {
    leader.start();
    MissedWatch watch = leader.standby("second");
    leader.advance("PT2H");
    assertThat(watch.told()).isEqualTo(Instant.EPOCH);
  }

  @Test
  void tellsOnceOfAnOccurrenceThatNobodyBegan() throws Exception {
    leader.start();
    MissedWatch watch = leader.standby("second");
    leader.advance("PT6M");
    leader.kill();
    leader.advance("PT4M59S");
    assertThat(watch.told()).isEqualTo(Instant.EPOCH);
    leader.advance("PT2M");
    assertThat(watch.told()).isEqualTo(at("00:10:00"));
    leader.advance("PT1H");
    assertThat(watch.told()).isEqualTo(at("00:10:00"));
  }

  @Test
  void aRunThatLastsLongWasBegun() throws Exception {
    leader.start();
    MissedWatch watch = leader.standby("second");
    leader.runs.atOnce = false;
    leader.advance("PT1H");
    assertThat(watch.told()).isEqualTo(Instant.EPOCH);
  }

  @Test
  void readsTheStatusOfAnOfficialHolderToo() throws Exception {
    leader
        .store()
        .write(
            STATUS,
            "{\"Last\":\"2025-12-31T23:55:00Z\",\"Next\":\"2026-01-01T00:00:00Z\","
                + "\"LastUpdated\":\"2025-12-31T23:55:00Z\"}");
    MissedWatch watch = leader.standby("second");
    leader.advance("PT6M1S");
    assertThat(watch.told()).isEqualTo(at("00:00:00"));
  }

  @Test
  void readsLittle() throws Exception {
    leader.with("schedule", "* * * * * *");
    FaultyStore store = new FaultyStore(new MemoryStateStore(leader.clock));
    leader.host.stateStore = store;
    leader.standby("second");
    leader.advance("PT1H");
    assertThat(store.calls()).isLessThanOrEqualTo(60);
  }
}
