package dev.roost.host.admin;

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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * {@code /runtime/health/live}, {@code /ready} and {@code /runtime/health}. Open to probes; the
 * reasons, which may name accounts and queues, only to whoever may use the admin API.
 */
final class HealthEndpoints {
  private final Administered host;

  HealthEndpoints(Administered host) {
    this.host = host;
  }

  List<HttpEndpoint> all() {
    return List.of(
        probe("runtime/health/live", _ -> answer(200, "alive")),
        probe("runtime/health/ready", this::ready),
        probe("runtime/health", this::health));
  }

  private static HttpEndpoint probe(String path, HttpEndpoint.Handler handler) {
    return new HttpEndpoint(Set.of("GET"), path, AccessLevel.ANONYMOUS, handler);
  }

  /**
   * Not before functions run and their keys can be read, and no more once a drain was asked for.
   */
  private HttpResponse ready(HttpRequest request) {
    boolean keyed = host.open() || !host.keys().possible() || host.keys().isKnown();
    boolean ready =
        host.services().state() == HostState.RUNNING && keyed && !host.drainStatus().asked();
    return ready ? answer(200, "ready") : answer(503, "not ready");
  }

  private HttpResponse answer(int status, String word) {
    return HttpResponse.json(
        status,
        JsonNodeFactory.instance
            .objectNode()
            .put("status", word)
            .put("state", host.services().state().official()));
  }

  private HttpResponse health(HttpRequest request) {
    boolean reasons =
        host.services().access().decide(AccessLevel.ADMIN, "", request) == Access.Decision.ALLOWED;
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    boolean running = host.services().state() == HostState.RUNNING;
    answer.put("status", running ? (isDegraded() ? "degraded" : "healthy") : "unhealthy");
    answer.put("state", host.services().state().official());
    ArrayNode listeners = answer.putArray("listeners");
    for (ListenerHealth listener : host.listenerHealth()) {
      ObjectNode entry = entry(listeners, listener.name(), listener.health(), reasons);
      entry.put("inFlight", listener.inFlight());
      if (reasons && !listener.details().isEmpty()) {
        ObjectNode details = entry.putObject("details");
        listener.details().forEach(details::put);
      }
      host.pauses()
          .of(listener.name())
          .ifPresent(pause -> entry.put("pausedUntil", pause.until().toString()));
    }
    ArrayNode shared = answer.putArray("shared");
    shared().forEach((name, health) -> entry(shared, name, health, reasons));
    return HttpResponse.json(running ? 200 : 503, answer);
  }

  /** What is not a listener's own and may be in trouble. */
  private Map<String, Health> shared() {
    Map<String, Health> shared = new TreeMap<>();
    if (!host.open()) {
      shared.put("keys", host.keys().health());
    }
    shared.put("pauses", host.pauses().health());
    return shared;
  }

  private static ObjectNode entry(ArrayNode list, String name, Health health, boolean reasons) {
    ObjectNode entry = list.addObject();
    entry.put("name", name);
    entry.put("state", health.state().json());
    if (reasons && !health.reason().isEmpty()) {
      entry.put("reason", health.reason());
    }
    return entry;
  }

  private boolean isDegraded() {
    return host.adminFunctions().stream().anyMatch(function -> !function.problems().isEmpty())
        || host.listenerHealth().stream().map(ListenerHealth::health).anyMatch(this::isTrouble)
        || shared().values().stream().anyMatch(this::isTrouble);
  }

  private boolean isTrouble(Health health) {
    return health.state() == Health.State.DEGRADED;
  }
}
