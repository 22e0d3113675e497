package dev.roost.host.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roost.host.Version;
import dev.roost.spi.AccessLevel;
import dev.roost.spi.HostState;
import dev.roost.spi.HttpEndpoint;
import dev.roost.spi.HttpRequest;
import dev.roost.spi.HttpResponse;
import dev.roost.spi.HttpResponse.Header;
import dev.roost.spi.Payload;
import dev.roost.spi.Problem;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** {@code /admin/host/…}: ping, status, drain and resume, configuration. */
final class HostEndpoints {
  private static final Pattern SECRET =
      Pattern.compile(
          "key|secret|password|pwd|token|credential|connection|sas", Pattern.CASE_INSENSITIVE);

  private final Administered host;
  private final long startedAt;

  HostEndpoints(Administered host) {
    this.host = host;
    this.startedAt = host.services().clock().nanoTime();
  }

  List<HttpEndpoint> ofScaler() {
    return List.of(
        new HttpEndpoint(
            Set.of("GET", "POST"), "admin/host/ping", AccessLevel.ANONYMOUS, this::ping),
        admin("GET", "admin/host/status", this::status));
  }

  List<HttpEndpoint> all() {
    return List.of(
        new HttpEndpoint(
            Set.of("GET", "POST"), "admin/host/ping", AccessLevel.ANONYMOUS, this::ping),
        new HttpEndpoint(
            Set.of("GET", "POST"),
            "admin/warmup",
            AccessLevel.ANONYMOUS,
            _ -> HttpResponse.of(200)),
        admin("GET", "admin/host/status", this::status),
        admin("GET", "admin/host/config", this::config),
        admin("POST", "admin/host/drain", this::drain),
        admin("GET", "admin/host/drain/status", this::drainStatus),
        admin("POST", "admin/host/resume", this::resume),
        admin("POST", "admin/host/synctriggers", this::syncTriggers));
  }

  static HttpEndpoint admin(String method, String path, HttpEndpoint.Handler handler) {
    return new HttpEndpoint(Set.of(method), path, AccessLevel.ADMIN, handler);
  }

  private HttpResponse ping(HttpRequest request) {
    return new HttpResponse(
        200, List.of(new Header("Cache-Control", "no-store, no-cache")), Payload.EMPTY);
  }

  private HttpResponse status(HttpRequest request) {
    ObjectNode status = JsonNodeFactory.instance.objectNode();
    status.put("id", host.services().hostId());
    status.put("state", host.services().state().official());
    status.put("version", Version.number());
    status.put("versionDetails", "Roost " + Version.number());
    status.put("platformVersion", System.getProperty("java.runtime.version"));
    status.put("instanceId", host.services().instanceId());
    host.services().settings().get("HOSTNAME").ifPresent(name -> status.put("computerName", name));
    status.put("processUptime", (host.services().clock().nanoTime() - startedAt) / 1_000_000);
    status.put("functionAppContentEditingState", "Unknown");
    if (!host.problems().isEmpty()) {
      ArrayNode errors = status.putArray("errors");
      host.problems().stream().map(Problem::line).forEach(errors::add);
    }
    ArrayNode functions = status.putArray("functions");
    host.adminFunctions().forEach(function -> functions.add(brief(function)));
    return HttpResponse.json(200, status);
  }

  /** Ours: the official status knows no functions. */
  private ObjectNode brief(AdminFunction function) {
    ObjectNode entry = JsonNodeFactory.instance.objectNode();
    entry.put("name", function.name());
    entry.put("trigger", function.trigger());
    entry.put("isDisabled", function.disabled());
    host.pauses()
        .of(function.name())
        .ifPresent(pause -> entry.put("pausedUntil", pause.until().toString()));
    if (!function.problems().isEmpty()) {
      ArrayNode errors = entry.putArray("errors");
      function.problems().stream().map(Problem::line).forEach(errors::add);
    }
    return entry;
  }

  private HttpResponse config(HttpRequest request) {
    return HttpResponse.json(200, masked(host.hostJson()));
  }

  /** A copy in which whatever may be a secret by its name is not shown. */
  private static JsonNode masked(ObjectNode object) {
    ObjectNode copy = object.deepCopy();
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      if (entry.getValue() instanceof ObjectNode inner) {
        copy.set(entry.getKey(), masked(inner));
      } else if (entry.getValue().isTextual() && SECRET.matcher(entry.getKey()).find()) {
        copy.put(entry.getKey(), "***");
      }
    }
    return copy;
  }

  private HttpResponse drain(HttpRequest request) {
    if (host.services().state() != HostState.RUNNING) {
      return HttpResponse.of(503);
    }
    host.hold();
    return HttpResponse.of(202);
  }

  private HttpResponse drainStatus(HttpRequest request) {
    DrainStatus drain = host.drainStatus();
    return HttpResponse.json(
        200,
        JsonNodeFactory.instance
            .objectNode()
            .put("state", drain.state())
            .put("outstandingInvocations", drain.invocations())
            .put("outstandingRetries", drain.retries()));
  }

  private HttpResponse resume(HttpRequest request) {
    if (host.services().state() != HostState.RUNNING) {
      return HttpResponse.of(409);
    }
    host.release();
    return HttpResponse.json(
        200, JsonNodeFactory.instance.objectNode().put("state", HostState.RUNNING.official()));
  }

  /** There is no scale controller to tell: the answer of the official host outside of Azure. */
  private HttpResponse syncTriggers(HttpRequest request) {
    return HttpResponse.json(
        500,
        JsonNodeFactory.instance
            .objectNode()
            .put("status", "Invalid environment for SyncTriggers operation."));
  }
}
