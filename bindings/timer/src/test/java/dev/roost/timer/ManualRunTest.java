package dev.roost.timer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.roost.spi.Delivery;
import dev.roost.spi.Outcome;
import dev.roost.spi.Payload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ManualRunTest {
  private final TimerBench bench = new TimerBench("0 0 * * * *");

  private Runs.Call run() throws Exception {
    Delivery delivery = bench.source.manual("Tick", Payload.EMPTY);
    Runs.Call call = new Runs.Call(delivery, bench.clock.now(), new ArrayList<>());
    delivery.started(call);
    delivery.settle(new Outcome.Succeeded(Payload.EMPTY));
    return call;
  }

  private List<Run> history() throws Exception {
    return Occurrences.parse(bench.stored(TimerBench.OCCURRENCES), java.time.ZoneOffset.UTC).runs();
  }

  @Test
  void isToldApartInTheTimerInfoAndItsReasonIsTheOfficialOne() throws Exception {
    bench.start();
    bench.advance("PT90M");
    Runs.Call call = run();
    assertThat(call.ours().get("reason").asText()).isEqualTo("MANUAL");
    assertThat(call.scheduled()).isEqualTo(TimerBench.at("01:30:00"));
    assertThat(call.pastDue()).isFalse();
    assertThat(call.info().at("/ScheduleStatus/Next").asText())
        .isEqualTo("2026-01-01T02:00:00+00:00");
    assertThat(call.delivery().reason())
        .isEqualTo("This function was programmatically called via the host APIs.");
  }

  @Test
  void standsInTheHistoryAsWhatItIs() throws Exception {
    bench.start();
    bench.advance("PT61M");
    run();
    assertThat(history())
        .extracting(Run::reason)
        .containsExactly(Occurrence.Reason.SCHEDULED, Occurrence.Reason.MANUAL);
    assertThat(history().getLast().ending()).isEqualTo("Succeeded");
  }

  @Test
  void movesNothingOfTheSchedule() throws Exception {
    bench.start();
    bench.advance("PT59M");
    String official = bench.stored(TimerBench.STATUS);
    run();
    assertThat(bench.stored(TimerBench.STATUS)).isEqualTo(official);
    bench.advance("PT2H");
    assertThat(bench.runs.scheduled())
        .containsExactly(TimerBench.at("01:00:00"), TimerBench.at("02:00:00"));
  }

  @Test
  void atTheInstantOfAnOccurrenceDoesNotTakeItsPlace() throws Exception {
    bench.start();
    bench.clock.step(Duration.ofHours(1));
    run();
    bench.advance("PT1M");
    assertThat(bench.runs.scheduled()).containsExactly(TimerBench.at("01:00:00"));
    assertThat(history()).hasSize(2);
  }

  @Test
  void isPossibleWhileAnotherHostHoldsTheTimerAndWhileOneRunLasts() throws Exception {
    bench.start();
    bench.runs.atOnce = false;
    bench.advance("PT1H");
    run();
    bench.elections.depose();
    bench.advance("PT1S");
    run();
    assertThat(history()).extracting(Run::ending).containsExactly("", "Succeeded", "Succeeded");
  }

  @Test
  void leavesNoTraceWhereNothingIsRemembered() throws Exception {
    bench.with("useMonitor", false).start();
    Runs.Call call = run();
    assertThat(call.ours().get("reason").asText()).isEqualTo("MANUAL");
    assertThat(bench.stored(TimerBench.OCCURRENCES)).isEmpty();
  }

  @Test
  void goesOnWhenTheHistoryCanNotBeWritten() throws Exception {
    var store = bench.breakable();
    bench.start();
    Delivery delivery = bench.source.manual("Tick", Payload.EMPTY);
    store.broken = () -> true;
    delivery.started(new Runs.Call(delivery, bench.clock.now(), new ArrayList<>()));
    delivery.settle(new Outcome.Succeeded(Payload.EMPTY));
    assertThat(new ObjectMapper().readTree(((Payload.Text) delivery.payload()).value()))
        .isNotEmpty();
  }
}
