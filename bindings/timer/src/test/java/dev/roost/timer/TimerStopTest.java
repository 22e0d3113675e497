package dev.roost.timer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.spi.HostState;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimerStopTest {
  private final TimerBench bench = new TimerBench("0 0 * * * *");

  @Test
  void nothingRunsBeforeTheHostDoes() throws Exception {
    bench.host.state = HostState.STARTING;
    bench.with("runOnStartup", true).start();
    bench.advance("PT10S");
    assertThat(bench.runs.calls).isEmpty();
    bench.host.state = HostState.RUNNING;
    bench.advance("PT0.1S");
    assertThat(bench.runs.calls).hasSize(1);
  }

  @Test
  void aSourceThatWasPausedListensAgainAndMakesUpForWhatItMissed() throws Exception {
    bench.start();
    bench.advance("PT61M");
    bench.source.stop();
    assertThat(bench.source.stopped()).isTrue();
    bench.advance("PT3H");
    assertThat(bench.runs.calls).hasSize(1);
    bench.source.start(bench.runs);
    bench.advance("PT1H");
    assertThat(bench.runs.scheduled())
        .containsExactly(
            TimerBench.at("01:00:00"), TimerBench.at("02:00:00"), TimerBench.at("05:00:00"));
  }

  @Test
  void isNotStoppedWhileAClaimIsUnderWayAndTakesItBack() throws Exception {
    var store = bench.breakable();
    bench.start();
    List<Boolean> stopped = new ArrayList<>();
    store.broken =
        () -> {
          if (stopped.isEmpty()) {
            bench.source.stop();
            stopped.add(bench.source.stopped());
          }
          return false;
        };
    bench.advance("PT1H");
    assertThat(stopped).containsExactly(false);
    assertThat(bench.source.stopped()).isTrue();
    assertThat(bench.runs.calls).isEmpty();
    assertThat(new History(((TimerSource) bench.source).timer()).read().runs()).isEmpty();
  }

  @Test
  void aStopThatMeetsALostLockEndsAllTheSame() throws Exception {
    bench.start();
    bench.runs.atOnce = false;
    bench.advance("PT1H");
    bench.source.stop();
    assertThat(bench.source.stopped()).as("the function runs").isFalse();
    bench.elections.depose();
    assertThat(bench.source.stopped()).isTrue();
    assertThat(bench.runs.last().interrupts()).hasSize(1);
  }
}
