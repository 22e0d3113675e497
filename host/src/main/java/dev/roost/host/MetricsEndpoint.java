package dev.roost.host;

import dev.roost.host.config.HostJson;
import dev.roost.host.meter.MicrometerMeters;
import dev.roost.host.run.Backlogs;
import dev.roost.host.run.FunctionBacklog;
import dev.roost.spi.AccessLevel;
import dev.roost.spi.Backlog;
import dev.roost.spi.HttpEndpoint;
import dev.roost.spi.HttpRequest;
import dev.roost.spi.HttpResponse;
import dev.roost.spi.Payload;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code /metrics}: what the host counts, in Prometheus's text form. */
final class MetricsEndpoint {
  private final MicrometerMeters meters;
  private final Backlogs backlogs;
  private volatile Map<List<String>, Backlog> shown = Map.of();

  MetricsEndpoint(MicrometerMeters meters, Backlogs backlogs) {
    this.meters = meters;
    this.backlogs = backlogs;
  }

  /**
   * The route; open to everybody only where host.json says so, since names of functions and queues
   * tell something of the app.
   */
  HttpEndpoint served(HostJson hostJson) {
    boolean open =
        hostJson
            .section("roost")
            .path("metrics")
            .path("authLevel")
            .asText("admin")
            .equalsIgnoreCase("anonymous");
    return new HttpEndpoint(
        Set.of("GET"), "metrics", open ? AccessLevel.ANONYMOUS : AccessLevel.ADMIN, this::scrape);
  }

  private HttpResponse scrape(HttpRequest request) {
    try {
      refresh();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return HttpResponse.of(503);
    }
    return new HttpResponse(
        200,
        List.of(
            new HttpResponse.Header("Content-Type", "text/plain; version=0.0.4; charset=utf-8")),
        new Payload.Text(meters.scrape()));
  }

  /** A place that can't be counted now says so with NaN, not with its last number. */
  private void refresh() throws InterruptedException {
    List<FunctionBacklog> current = backlogs.current();
    Map<List<String>, Backlog> next = new HashMap<>();
    for (FunctionBacklog each : current) {
      List<String> labels =
          List.of(
              "functions",
              String.join(",", each.functions()),
              "place",
              each.backlog().place(),
              "kind",
              each.backlog().kind().label());
      next.put(labels, each.backlog());
      show(labels);
    }
    shown = next;
  }

  private void show(List<String> labels) {
    String[] pairs = labels.toArray(String[]::new);
    meters.gauge("roost.backlog.events", "Events that wait", () -> events(labels), pairs);
    meters.gauge(
        "roost.backlog.age.seconds", "The age of the oldest event", () -> age(labels), pairs);
  }

  private double events(List<String> labels) {
    Backlog backlog = shown.get(labels);
    return backlog == null ? Double.NaN : backlog.events();
  }

  private double age(List<String> labels) {
    Backlog backlog = shown.get(labels);
    return backlog == null
        ? Double.NaN
        : backlog.oldest().orElse(Duration.ZERO).toMillis() / 1000.0;
  }
}
