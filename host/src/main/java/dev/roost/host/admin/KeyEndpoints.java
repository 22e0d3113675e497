package dev.roost.host.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roost.host.keys.Key;
import dev.roost.host.keys.KeyEdit;
import dev.roost.host.keys.KeyKind;
import dev.roost.spi.HttpEndpoint;
import dev.roost.spi.HttpRequest;
import dev.roost.spi.HttpResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code /admin/host/keys}, {@code functionkeys}, {@code systemkeys} and {@code
 * /admin/functions/{name}/keys}. The master key is the system key {@code _master}.
 */
final class KeyEndpoints {
  private static final String MASTER = "_master";

  private final Administered host;

  KeyEndpoints(Administered host) {
    this.host = host;
  }

  List<HttpEndpoint> all() {
    List<HttpEndpoint> all = new ArrayList<>();
    add(all, "admin/host/keys", KeyKind.HOST);
    add(all, "admin/host/functionkeys", KeyKind.HOST);
    add(all, "admin/host/systemkeys", KeyKind.SYSTEM);
    add(all, "admin/functions/{name}/keys", KeyKind.FUNCTION);
    return all;
  }

  private void add(List<HttpEndpoint> all, String path, KeyKind kind) {
    String one = path + "/{key}";
    all.add(HostEndpoints.admin("GET", path, guarded(kind, this::list)));
    all.add(HostEndpoints.admin("GET", one, guarded(kind, this::one)));
    all.add(HostEndpoints.admin("POST", one, guarded(kind, this::generate)));
    all.add(HostEndpoints.admin("PUT", one, guarded(kind, this::put)));
    all.add(HostEndpoints.admin("DELETE", one, guarded(kind, this::delete)));
  }

  private interface Action {
    HttpResponse answer(KeyKind kind, String function, HttpRequest request) throws IOException;
  }

  /** Only for functions that there are, and without the store's own words when it fails. */
  private HttpEndpoint.Handler guarded(KeyKind kind, Action action) {
    return request -> {
      Optional<AdminFunction> function = FunctionEndpoints.asked(host, request);
      if (kind == KeyKind.FUNCTION && function.isEmpty()) {
        return HttpResponse.of(404);
      }
      try {
        return action.answer(kind, function.map(AdminFunction::name).orElse(""), request);
      } catch (IOException _) {
        return HttpResponse.text(503, "Keys can't be read or written now; the log says why.");
      }
    };
  }

  private HttpResponse list(KeyKind kind, String function, HttpRequest request) throws IOException {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ArrayNode keys = answer.putArray("keys");
    for (Key key : host.keys().list(kind, function)) {
      keys.addObject().put("name", key.name()).put("value", key.value());
    }
    return HttpResponse.json(200, linked(answer, request));
  }

  private HttpResponse one(KeyKind kind, String function, HttpRequest request) throws IOException {
    String name = name(request);
    boolean master = kind == KeyKind.SYSTEM && name.equalsIgnoreCase(MASTER);
    return host.keys().list(master ? KeyKind.MASTER : kind, function).stream()
        .filter(key -> master || key.name().equalsIgnoreCase(name))
        .findFirst()
        .map(key -> HttpResponse.json(200, linked(json(name, key), request)))
        .orElse(HttpResponse.of(404));
  }

  private HttpResponse generate(KeyKind kind, String function, HttpRequest request)
      throws IOException {
    return change(kind, function, request, Optional.empty());
  }

  private HttpResponse put(KeyKind kind, String function, HttpRequest request) throws IOException {
    String value = Body.json(request).path("value").asText("").strip();
    return value.isEmpty()
        ? HttpResponse.text(400, "Invalid key value")
        : change(kind, function, request, Optional.of(value));
  }

  private HttpResponse change(
      KeyKind kind, String function, HttpRequest request, Optional<String> value)
      throws IOException {
    String name = name(request);
    boolean master = kind != KeyKind.FUNCTION && name.equalsIgnoreCase(MASTER);
    if (name.startsWith("_") && !master) {
      return HttpResponse.text(400, "Invalid key name.");
    }
    return switch (host.keys().put(master ? KeyKind.MASTER : kind, function, name, value)) {
      case KeyEdit.Created(Key key) -> HttpResponse.json(201, linked(json(name, key), request));
      case KeyEdit.Renewed(Key key) -> HttpResponse.json(200, linked(json(name, key), request));
      case KeyEdit.Refused(String reason) -> HttpResponse.text(409, reason);
      case KeyEdit.Deleted _, KeyEdit.Missing _ -> HttpResponse.of(404);
    };
  }

  private HttpResponse delete(KeyKind kind, String function, HttpRequest request)
      throws IOException {
    String name = name(request);
    if (name.startsWith("_")) {
      return HttpResponse.text(400, "Invalid key name.");
    }
    return switch (host.keys().delete(kind, function, name)) {
      case KeyEdit.Deleted _ -> HttpResponse.of(204);
      case KeyEdit.Refused(String reason) -> HttpResponse.text(409, reason);
      default -> HttpResponse.of(404);
    };
  }

  private static String name(HttpRequest request) {
    return request.route().getOrDefault("key", "");
  }

  private static ObjectNode json(String name, Key key) {
    return JsonNodeFactory.instance.objectNode().put("name", name).put("value", key.value());
  }

  private static ObjectNode linked(ObjectNode answer, HttpRequest request) {
    answer
        .putArray("links")
        .addObject()
        .put("rel", "self")
        .put("href", FunctionEndpoints.base(request) + request.uri().getRawPath());
    return answer;
  }
}
