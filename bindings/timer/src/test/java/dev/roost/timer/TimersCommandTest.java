package dev.roost.timer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.roost.spi.FunctionDefinition;
import dev.roost.spi.HostServices;
import dev.roost.spi.Outcome;
import dev.roost.spi.Payload;
import dev.roost.spi.Problem;
import dev.roost.spi.ReadApp;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class TimersCommandTest {
  private final TimerBench bench = new TimerBench("0 0 9 * * *").with("timeZone", "Asia/Tokyo");
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private record App(TimerBench bench) implements ReadApp {
    @Override
    public List<FunctionDefinition> functions() {
      return List.of(bench.context().function());
    }

    @Override
    public List<Problem> problems() {
      return List.of();
    }

    @Override
    public HostServices host() {
      return bench.host;
    }

    @Override
    public void close() {}
  }

  private int run(String... args) {
    return new CommandLine(new TimersCommand(apps -> new App(bench)))
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(args);
  }

  @Test
  void showsTheNextFiveInZoneAndUtcAndWhatRan() throws Exception {
    bench.start();
    bench.advance("P2D");
    var delivery = bench.source.manual("Tick", Payload.EMPTY);
    delivery.started(new Runs.Call(delivery, bench.clock.now(), new java.util.ArrayList<>()));
    delivery.settle(new Outcome.Succeeded(Payload.EMPTY));
    assertThat(run()).isZero();
    assertThat(out.toString().lines().map(String::strip))
        .startsWith(
            "Tick  0 0 9 * * * in Asia/Tokyo",
            "held by  nobody, as far as is known",
            "status   last run 2026-01-03 09:00:00 +09:00 (2026-01-03 00:00:00Z), waits for"
                + " 2026-01-04 09:00:00 +09:00 (2026-01-04 00:00:00Z)",
            "next     2026-01-04 09:00:00 +09:00 (2026-01-04 00:00:00Z)")
        .contains(
            "history  2026-01-03 09:00:00 +09:00  MANUAL         Succeeded 0 ms by test-instance",
            "history  2026-01-03 09:00:00 +09:00  SCHEDULED      Succeeded 0 ms by test-instance");
    assertThat(out.toString().lines().filter(line -> line.startsWith("  next"))).hasSize(5);
  }

  @Test
  void answersInJsonAsTheAdminApiDoes() throws Exception {
    bench.start();
    bench.advance("P1D");
    assertThat(run("tick", "--json")).isZero();
    JsonNode timer = new ObjectMapper().readTree(out.toString()).at("/timers/0");
    assertThat(timer.get("function").asText()).isEqualTo("Tick");
    assertThat(timer.get("next")).hasSize(5);
    assertThat(timer.at("/history/0/ending").asText()).isEqualTo("Succeeded");
    assertThat(timer.at("/status/next").asText()).isEqualTo("2026-01-03T00:00:00Z");
  }

  @Test
  void saysSoWhenThereIsNoSuchTimer() {
    assertThat(run("Tock")).isEqualTo(65);
    assertThat(err.toString().strip()).isEqualTo("The app has no timer 'Tock'.");
  }

  @Test
  void showsTheForecastAlsoWhenTheHistoryCanNotBeRead() {
    bench.breakable().broken = () -> true;
    assertThat(run()).isEqualTo(69);
    assertThat(out.toString()).contains("next     2026-01-02").contains("can't be read");
  }
}
