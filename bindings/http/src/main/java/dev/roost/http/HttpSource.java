package dev.roost.http;

import dev.roost.http.route.RouteSyntaxException;
import dev.roost.http.route.RouteTemplate;
import dev.roost.http.route.Routes;
import dev.roost.spi.AccessLevel;
import dev.roost.spi.BindingContext;
import dev.roost.spi.BindingException;
import dev.roost.spi.Delivery;
import dev.roost.spi.EffectiveSetting;
import dev.roost.spi.HttpRequest;
import dev.roost.spi.ManualDelivery;
import dev.roost.spi.Payload;
import dev.roost.spi.Sink;
import dev.roost.spi.Source;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP trigger of one function. It stands in the route table from the moment it is opened;
 * between start and stop its requests go to the sink.
 */
final class HttpSource implements Source.Push {
  /** The {@code dataType} of a function that reads the body while it arrives. */
  private static final String STREAM = "stream";

  private static final String INTERRUPT = "interruptOnDisconnect";

  /** Requests that wait for their function; more are answered with 429. */
  private static final int LINE = 10_000;

  private final String function;
  private final AccessLevel access;
  private final RouteTemplate template;
  private final Set<String> methods;
  private final boolean streaming;
  private final boolean interruptible;
  private volatile @Nullable Sink sink;

  private HttpSource(BindingContext context, HttpOptions options) throws BindingException {
    this.function = context.function().name();
    this.access = access(context);
    this.template = template(context, options.routePrefix());
    this.methods = methods(context);
    this.streaming =
        context.binding().text("dataType").filter(STREAM::equalsIgnoreCase).isPresent();
    this.interruptible =
        context
            .host()
            .functionSettings(function)
            .path(INTERRUPT)
            .asBoolean(context.host().extension("http").path(INTERRUPT).asBoolean(false));
  }

  /**
   * Reads an {@code httpTrigger}.
   *
   * @throws BindingException when its level, method or route can't be used
   */
  static HttpSource read(BindingContext context, HttpOptions options) throws BindingException {
    return new HttpSource(context, options);
  }

  private static AccessLevel access(BindingContext context) throws BindingException {
    String level = context.optional("authLevel", "function");
    return AccessLevel.of(level)
        .orElseThrow(() ->
            new BindingException(
                "authLevel",
                "there is no level '" + level + "'",
                "Use anonymous, function, admin or system."));
  }

  private static Set<String> methods(BindingContext context) throws BindingException {
    Set<String> methods =
        context
            .binding()
            .texts("methods")
            .map(method -> method.strip().toUpperCase(Locale.ROOT))
            .collect(Collectors.toCollection(TreeSet::new));
    for (String method : methods) {
      if (!ResponseHeaders.isToken(method)) {
        throw new BindingException(
            "methods",
            "'" + method + "' is not an HTTP method",
            "List methods such as get and post, or none for all of them.");
      }
    }
    return methods;
  }

  private static RouteTemplate template(BindingContext context, String prefix)
      throws BindingException {
    String route = context.optional("route", context.function().name());
    RouteTemplate template;
    try {
      String own = RouteTemplate.parse(route).text();
      template =
          RouteTemplate.parse(
              prefix.isEmpty() || own.isEmpty() ? prefix + own : prefix + "/" + own);
    } catch (RouteSyntaxException e) {
      throw new BindingException(
          "route",
          "'" + route + "' is not a route: " + e.getMessage(),
          "Correct the route; parameters look like {name}, {name?}, {name=value}, {name:int} and"
              + " {*rest}.");
    }
    for (String reserved : Site.RESERVED) {
      if (template.startsWith(reserved)) {
        throw new BindingException(
            "route",
            "'/" + template.text() + "' begins with '" + reserved + "', which belongs to the host",
            "Choose another first segment.");
      }
    }
    return template;
  }

  /** What the function itself says, and where. */
  List<EffectiveSetting> effective(BindingContext context) {
    return List.of(
        context.effective("", "route", "/" + template.text()),
        context.effective("", "methods", methods.isEmpty() ? "all" : String.join(" ", methods)),
        context.effective("", "authLevel", access.name().toLowerCase(Locale.ROOT)),
        context.effective("http", INTERRUPT, interruptible));
  }

  String function() {
    return function;
  }

  /** The template with its prefix and a slash before it. */
  String route() {
    return "/" + template.text();
  }

  AccessLevel access() {
    return access;
  }

  /** True when the function reads the body while it arrives. */
  boolean streaming() {
    return streaming;
  }

  /** True when the function is to be interrupted once its client is gone. */
  boolean interruptible() {
    return interruptible;
  }

  /** Where its requests go; null before start and after stop. */
  @Nullable Sink sink() {
    return sink;
  }

  Routes.Entry<HttpSource> entry() {
    return new Routes.Entry<>(function, template, methods, this);
  }

  /** For the start table, for example {@code [GET,POST] http://localhost:7071/api/hello}. */
  String describe(String base) {
    return (methods.isEmpty() ? "" : "[" + String.join(",", methods) + "] ")
        + base
        + "/"
        + template.text();
  }

  /** As many as come: the bound of HTTP counts over all functions, and is the {@link Throttle}. */
  @Override
  public int concurrency() {
    return Integer.MAX_VALUE;
  }

  /** None of its own: the host bounds it, and what the app wrote holds for all functions before. */
  @Override
  public OptionalInt ceiling() {
    return OptionalInt.empty();
  }

  @Override
  public int line() {
    return LINE;
  }

  /** A request of nobody, whose body is the input; what the function answers is dropped. */
  @Override
  public Delivery manual(String name, Payload input) {
    Payload body =
        input instanceof Payload.Text(String text)
            ? new Payload.Bytes(text.getBytes(StandardCharsets.UTF_8))
            : Payload.EMPTY;
    HttpRequest request =
        new HttpRequest(
            methods.isEmpty() || methods.contains("POST") ? "POST" : methods.iterator().next(),
            URI.create("http://localhost/"),
            Map.of("content-type", List.of("application/json")),
            Map.of(),
            Map.of(),
            body);
    return new ManualDelivery(name, new Payload.Native(request), HttpDelivery.read(request));
  }

  @Override
  public void start(Sink sink) {
    this.sink = sink;
  }

  @Override
  public void stop() {
    this.sink = null;
  }
}
