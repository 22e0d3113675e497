package dev.roost.host.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roost.host.FunctionSettings;
import dev.roost.spi.BindingDefinition;
import dev.roost.spi.EffectiveSetting;
import dev.roost.spi.FunctionDefinition;
import dev.roost.spi.HostState;
import dev.roost.spi.HttpEndpoint;
import dev.roost.spi.HttpRequest;
import dev.roost.spi.HttpResponse;
import dev.roost.spi.Payload;
import dev.roost.spi.Problem;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code /admin/functions}: what there is and how it is. */
final class FunctionEndpoints {
  private final Administered host;

  FunctionEndpoints(Administered host) {
    this.host = host;
  }

  List<HttpEndpoint> all() {
    return List.of(
        HostEndpoints.admin("GET", "admin/functions", this::list),
        HostEndpoints.admin("GET", "admin/functions/{name}", this::one),
        HostEndpoints.admin("POST", "admin/functions/{name}", this::run),
        HostEndpoints.admin("GET", "admin/functions/{name}/status", this::status),
        HostEndpoints.admin("GET", "admin/config/effective", this::effective));
  }

  /** The function that a request is about. */
  static Optional<AdminFunction> asked(Administered host, HttpRequest request) {
    String name = request.route().getOrDefault("name", "");
    return host.adminFunctions().stream()
        .filter(function -> function.name().equalsIgnoreCase(name))
        .findFirst();
  }

  private HttpResponse list(HttpRequest request) {
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    host.adminFunctions().forEach(function -> all.add(json(function, request)));
    return HttpResponse.json(200, all);
  }

  private HttpResponse one(HttpRequest request) {
    return asked(host, request)
        .map(function -> HttpResponse.json(200, json(function, request)))
        .orElse(HttpResponse.of(404));
  }

  private HttpResponse status(HttpRequest request) {
    Optional<AdminFunction> function = asked(host, request);
    if (function.isEmpty()) {
      return HttpResponse.of(404);
    }
    ObjectNode status = JsonNodeFactory.instance.objectNode();
    if (!function.get().problems().isEmpty()) {
      ArrayNode errors = status.putArray("errors");
      function.get().problems().stream().map(Problem::line).forEach(errors::add);
    }
    return HttpResponse.json(200, status);
  }

  /** Answers at once; the outcome is in the log. */
  private HttpResponse run(HttpRequest request) {
    Optional<AdminFunction> function = asked(host, request);
    JsonNode body = Body.json(request);
    if (host.services().state() != HostState.RUNNING) {
      return HttpResponse.of(503);
    }
    if (function.isEmpty() || function.get().disabled() || !function.get().problems().isEmpty()) {
      return HttpResponse.of(404);
    }
    if (!body.isObject()) {
      return HttpResponse.text(400, "Send {\"input\": \"text\"}.");
    }
    JsonNode input = body.path("input");
    host.run(
        function.get().name(),
        input.isMissingNode() || input.isNull()
            ? Payload.EMPTY
            : new Payload.Text(input.isTextual() ? input.textValue() : input.toString()));
    return HttpResponse.of(202);
  }

  /** Ours: what holds for each function, and who said so. */
  private HttpResponse effective(HttpRequest request) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ArrayNode functions = answer.putArray("functions");
    for (FunctionSettings function : host.effectiveSettings()) {
      ObjectNode entry = functions.addObject();
      entry.put("name", function.function()).put("trigger", function.trigger());
      ArrayNode settings = entry.putArray("settings");
      for (EffectiveSetting setting : function.settings()) {
        settings
            .addObject()
            .put("key", setting.key())
            .put("value", setting.value())
            .put("origin", setting.origin());
      }
      function.problem().ifPresent(problem -> entry.put("error", problem));
    }
    return HttpResponse.json(200, answer);
  }

  private ObjectNode json(AdminFunction function, HttpRequest request) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    String base = base(request);
    json.put("name", function.name());
    // There is no editor behind these four: the app's files are not served.
    json.putNull("script_root_path_href");
    json.putNull("script_href");
    json.putNull("config_href");
    json.putNull("test_data_href");
    json.put("href", base + "/admin/functions/" + function.name());
    json.putNull("invoke_url_template");
    invokeUrl(function, base).ifPresent(url -> json.put("invoke_url_template", url));
    json.put("language", "java");
    json.putNull("config");
    function.definition().ifPresent(definition -> json.set("config", config(definition)));
    json.putNull("files");
    json.put("test_data", "");
    json.put("isDisabled", function.disabled());
    json.put("isDirect", false);
    json.put("isProxy", false);
    host.pauses()
        .of(function.name())
        .ifPresent(pause -> json.put("pausedUntil", pause.until().toString()));
    return json;
  }

  /** Where the client reached us, which is where it will reach the functions. */
  static String base(HttpRequest request) {
    return request.uri().getScheme() + "://" + request.uri().getRawAuthority();
  }

  /** The route on the client's own way to us, in lower case as the official host writes it. */
  private static Optional<String> invokeUrl(AdminFunction function, String base) {
    boolean http =
        function
            .definition()
            .filter(definition -> definition.trigger().type().equalsIgnoreCase("httpTrigger"))
            .isPresent();
    int scheme = function.trigger().indexOf("://");
    int path = scheme < 0 ? -1 : function.trigger().indexOf('/', scheme + 3);
    return http && path >= 0
        ? Optional.of((base + function.trigger().substring(path)).toLowerCase(Locale.ROOT))
        : Optional.empty();
  }

  /** As function.json says it. */
  private static ObjectNode config(FunctionDefinition definition) {
    ObjectNode config = JsonNodeFactory.instance.objectNode();
    config.put("scriptFile", definition.scriptFile());
    config.put("entryPoint", definition.entryPoint());
    ArrayNode bindings = config.putArray("bindings");
    for (BindingDefinition binding : definition.bindings()) {
      ObjectNode entry = bindings.addObject();
      entry.put("type", binding.type());
      entry.put("direction", binding.direction().name().toLowerCase(Locale.ROOT));
      entry.put("name", binding.name());
      entry.setAll(binding.properties());
    }
    return config;
  }
}
