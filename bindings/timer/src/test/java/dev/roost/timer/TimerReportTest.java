package dev.roost.timer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roost.spi.AccessLevel;
import dev.roost.spi.HttpEndpoint;
import dev.roost.spi.HttpRequest;
import dev.roost.spi.HttpResponse;
import dev.roost.spi.Payload;
import dev.roost.testkit.FaultyStore;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TimerReportTest {
  private final TimerBench bench = new TimerBench("0 0 9 * * *").with("timeZone", "Asia/Tokyo");

  private HttpResponse get(String path, Map<String, String> route) {
    List<HttpEndpoint> endpoints = bench.triggers.endpoints(bench.host);
    HttpEndpoint endpoint =
        endpoints.stream().filter(each -> each.path().equals(path)).findFirst().orElseThrow();
    assertThat(endpoint.access()).isEqualTo(AccessLevel.ADMIN);
    return endpoint
        .handler()
        .handle(
            new HttpRequest(
                "GET",
                URI.create("http://localhost/admin/timers"),
                Map.of(),
                Map.of(),
                route,
                Payload.EMPTY));
  }

  private static JsonNode body(HttpResponse response) {
    return ((Payload.Json) response.body()).value();
  }

  @Test
  void tellsScheduleForecastAndHistoryOfEachTimer() throws Exception {
    bench.start();
    bench.advance("P2D");
    JsonNode timer = body(get("admin/timers", Map.of())).at("/timers/0");
    assertThat(timer.get("function").asText()).isEqualTo("Tick");
    assertThat(timer.get("schedule").asText()).isEqualTo("0 0 9 * * *");
    assertThat(timer.get("timeZone").asText()).isEqualTo("Asia/Tokyo");
    assertThat(timer.get("state").asText()).isEqualTo("up");
    assertThat(timer.get("next")).hasSize(5);
    assertThat(timer.at("/next/0"))
        .hasToString("{\"local\":\"2026-01-04T09:00:00+09:00\",\"utc\":\"2026-01-04T00:00:00Z\"}");
    assertThat(timer.get("history")).hasSize(2);
    assertThat(timer.at("/history/1/scheduled").asText()).isEqualTo("2026-01-03T00:00:00Z");
    assertThat(timer.at("/history/1/ending").asText()).isEqualTo("Succeeded");
    assertThat(timer.get("late").asLong()).isZero();
  }

  @Test
  void findsOneTimerByItsNameInAnyCase() throws Exception {
    bench.start();
    assertThat(body(get("admin/timers/{name}", Map.of("name", "tick"))).get("function").asText())
        .isEqualTo("Tick");
    assertThat(get("admin/timers/{name}", Map.of("name", "Tock")).status()).isEqualTo(404);
  }

  @Test
  void countsWhatWasLateAndWhatWasSkipped() throws Exception {
    bench.with("onlyWithin", "12:00:00").start();
    bench.runs.capacity = false;
    bench.advance("PT24H3S");
    bench.runs.capacity = true;
    bench.advance("PT1S");
    bench.kill();
    bench.advance("PT45H");
    bench.elections.elect();
    bench.advance("PT0S");
    JsonNode timer = body(get("admin/timers/{name}", Map.of("name", "Tick")));
    assertThat(timer.get("late").asLong()).isEqualTo(1);
    assertThat(timer.get("skipped").asLong()).isEqualTo(1);
    assertThat(timer.at("/history/1/ending").asText()).isEqualTo("Skipped");
  }

  @Test
  void saysSoWhenTheHistoryCannotBeRead() throws Exception {
    FaultyStore store = bench.breakable();
    bench.start();
    store.broken = () -> true;
    assertThat(body(get("admin/timers", Map.of())).at("/timers/0/historyError").asText())
        .contains("storage is unreachable");
  }
}
