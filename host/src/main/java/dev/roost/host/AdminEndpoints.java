package dev.roost.host;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roost.host.run.ListenerHealth;
import dev.roost.spi.Access;
import dev.roost.spi.AccessLevel;
import dev.roost.spi.Health;
import dev.roost.spi.HostState;
import dev.roost.spi.HttpEndpoint;
import dev.roost.spi.HttpRequest;
import dev.roost.spi.HttpResponse;
import dev.roost.spi.HttpResponse.Header;
import dev.roost.spi.Payload;
import dev.roost.spi.Problem;
import java.util.List;
import java.util.Set;

/** The host's own HTTP routes: ping, status and health. */
final class AdminEndpoints {
  private final Host host;
  private final HostContext context;
  private final long startedAt;

  AdminEndpoints(Host host, HostContext context) {
    this.host = host;
    this.context = context;
    this.startedAt = context.clock().nanoTime();
  }

  List<HttpEndpoint> all() {
    return List.of(
        new HttpEndpoint(
            Set.of("GET", "POST"), "admin/host/ping", AccessLevel.ANONYMOUS, this::ping),
        new HttpEndpoint(Set.of("GET"), "admin/host/status", AccessLevel.ADMIN, this::status),
        new HttpEndpoint(Set.of("GET"), "runtime/health", AccessLevel.ANONYMOUS, this::health));
  }

  private HttpResponse ping(HttpRequest request) {
    return new HttpResponse(
        200, List.of(new Header("Cache-Control", "no-store, no-cache")), Payload.EMPTY);
  }

  private HttpResponse status(HttpRequest request) {
    ObjectNode status = JsonNodeFactory.instance.objectNode();
    status.put("id", context.hostId());
    status.put("state", context.state().official());
    status.put("version", Version.number());
    status.put("instanceId", context.instanceId());
    status.put("processUptime", (context.clock().nanoTime() - startedAt) / 1_000_000);
    if (!host.problems().isEmpty()) {
      ArrayNode errors = status.putArray("errors");
      host.problems().stream().map(Problem::line).forEach(errors::add);
    }
    ArrayNode functions = status.putArray("functions");
    for (FunctionStatus function : host.functions()) {
      ObjectNode entry = functions.addObject();
      entry.put("name", function.name());
      entry.put("trigger", function.trigger());
      entry.put("isDisabled", function.condition() == FunctionStatus.Condition.DISABLED);
      if (!function.problems().isEmpty()) {
        ArrayNode errors = entry.putArray("errors");
        function.problems().stream().map(Problem::line).forEach(errors::add);
      }
    }
    return HttpResponse.json(200, status);
  }

  /** Open to probes; the reasons, which may name accounts and queues, only to an administrator. */
  private HttpResponse health(HttpRequest request) {
    boolean reasons =
        context.access().decide(AccessLevel.ADMIN, "", request) == Access.Decision.ALLOWED;
    ObjectNode health = JsonNodeFactory.instance.objectNode();
    ArrayNode listeners = health.putArray("listeners");
    boolean degraded = host.functions().stream().anyMatch(f -> !f.problems().isEmpty());
    for (ListenerHealth listener : host.listenerHealth()) {
      degraded |= listener.health().state() == Health.State.DEGRADED;
      ObjectNode entry = listeners.addObject();
      entry.put("name", listener.name());
      entry.put("state", listener.health().state().json());
      entry.put("inFlight", listener.inFlight());
      if (reasons && !listener.health().reason().isEmpty()) {
        entry.put("reason", listener.health().reason());
      }
    }
    boolean running = context.state() == HostState.RUNNING;
    health.put("status", running ? (degraded ? "degraded" : "healthy") : "unhealthy");
    health.put("state", context.state().official());
    return HttpResponse.json(running ? 200 : 503, health);
  }
}
