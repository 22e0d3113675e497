package dev.roost.host.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roost.host.run.FunctionBacklog;
import dev.roost.host.run.ListenerLoad;
import dev.roost.spi.Backlog;
import dev.roost.spi.HttpEndpoint;
import dev.roost.spi.HttpRequest;
import dev.roost.spi.HttpResponse;
import java.util.List;

/** {@code /admin/host/concurrency}: what every listener does now, for {@code roost top}. */
final class ConcurrencyEndpoint {
  private final Administered host;

  ConcurrencyEndpoint(Administered host) {
    this.host = host;
  }

  List<HttpEndpoint> all() {
    return List.of(HostEndpoints.admin("GET", "admin/host/concurrency", this::show));
  }

  private HttpResponse show(HttpRequest request) {
    List<FunctionBacklog> backlogs;
    try {
      backlogs = host.backlogs();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return HttpResponse.of(503);
    }
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.put("nanos", host.services().clock().nanoTime());
    ArrayNode listeners = answer.putArray("listeners");
    for (ListenerLoad load : host.loads()) {
      ObjectNode entry = listeners.addObject();
      entry.put("name", String.join(", ", load.functions()));
      entry.put("inFlight", load.inFlight());
      entry.put("limit", load.limit());
      entry.put("why", load.why());
      entry.put("settled", load.settled());
      entry.put("backlog", load.line() + waiting(load, backlogs));
    }
    return HttpResponse.json(200, answer);
  }

  /** A source counts what it has handed out, too. */
  private static long waiting(ListenerLoad load, List<FunctionBacklog> backlogs) {
    long events =
        backlogs.stream()
            .filter(each -> each.functions().equals(load.functions()))
            .map(FunctionBacklog::backlog)
            .filter(backlog -> backlog.kind() == Backlog.Kind.WAITING)
            .mapToLong(Backlog::events)
            .sum();
    return events == 0 ? 0 : Math.max(0, events - load.inFlight());
  }
}
