package dev.roost.timer;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roost.spi.AccessLevel;
import dev.roost.spi.Health;
import dev.roost.spi.HttpEndpoint;
import dev.roost.spi.HttpRequest;
import dev.roost.spi.HttpResponse;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * {@code GET /admin/timers} and {@code /admin/timers/{name}}: each timer's schedule, next five
 * occurrences in its zone and in UTC, and its last 50 runs on any host.
 */
final class TimerReport {
  private final Collection<TimerSource> timers;

  /**
   * @param timers those of this host; may grow
   */
  TimerReport(Collection<TimerSource> timers) {
    this.timers = timers;
  }

  List<HttpEndpoint> endpoints() {
    return List.of(
        new HttpEndpoint(Set.of("GET"), "admin/timers", AccessLevel.ADMIN, this::all),
        new HttpEndpoint(Set.of("GET"), "admin/timers/{name}", AccessLevel.ADMIN, this::one));
  }

  private HttpResponse all(HttpRequest request) {
    ObjectNode report = JsonNodeFactory.instance.objectNode();
    ArrayNode list = report.putArray("timers");
    timers.forEach(source -> list.add(report(source)));
    return HttpResponse.json(200, report);
  }

  private HttpResponse one(HttpRequest request) {
    String name = request.route().getOrDefault("name", "");
    return timers.stream()
        .filter(source -> lower(source.timer().function()).equals(lower(name)))
        .findFirst()
        .map(source -> HttpResponse.json(200, report(source)))
        .orElseGet(() -> HttpResponse.text(404, "This host runs no timer '" + name + "'."));
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private static ObjectNode report(TimerSource source) {
    Timer timer = source.timer();
    Health health = source.health();
    ObjectNode report = TimerView.of(timer).json();
    report.put("state", health.state().json());
    if (!health.reason().isEmpty()) {
      report.put("reason", health.reason());
    }
    report.put("late", timer.tally().lateCount());
    report.put("skipped", timer.tally().skippedCount());
    report.put("missed", timer.tally().missedCount());
    return report;
  }
}
