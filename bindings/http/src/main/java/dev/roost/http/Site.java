package dev.roost.http;

import dev.roost.http.route.RequestPath;
import dev.roost.http.route.RouteSyntaxException;
import dev.roost.http.route.RouteTemplate;
import dev.roost.http.route.Routes;
import dev.roost.spi.BindingException;
import dev.roost.spi.HostServices;
import dev.roost.spi.HttpEndpoint;
import dev.roost.spi.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What there is to be reached: the functions' routes, the host's endpoints, the homepage. */
final class Site {
  /** First segments that no function may have. */
  static final List<String> RESERVED = List.of("admin", "runtime");

  static final HttpResponse NOT_FOUND = HttpResponse.of(404);
  static final HttpResponse NOT_RUNNING = HttpResponse.text(503, "Function host is not running.");

  private volatile Routes<HttpSource> functions = Routes.empty();
  private volatile Routes<HttpEndpoint> endpoints = Routes.empty();

  /** What a request meets. */
  sealed interface Resolution {
    /** A function's route; it may be stopped. */
    record ToFunction(HttpSource source, Map<String, String> values) implements Resolution {}

    /** An endpoint of the host or of a binding. */
    record ToEndpoint(HttpEndpoint endpoint, Map<String, String> values) implements Resolution {}

    /** Nothing but this answer. */
    record Answer(HttpResponse response) implements Resolution {}

    /** The host is still starting: wait and ask again. */
    record NotYet() implements Resolution {}
  }

  /** Numbers of one length, so that names are in their order. */
  private static final int FIRST = 10_000_000;

  private static final Resolution NOTHING = new Resolution.Answer(NOT_FOUND);
  private static final Resolution CLOSED = new Resolution.Answer(NOT_RUNNING);

  /**
   * Adds a function's route, or replaces the one it had.
   *
   * @throws BindingException when another function has the same
   */
  synchronized void add(HttpSource source) throws BindingException {
    Routes.Entry<HttpSource> entry = source.entry();
    Optional<Routes.Entry<HttpSource>> clash = functions.clash(entry);
    if (clash.isPresent()) {
      throw new BindingException(
          "route",
          "'/"
              + entry.template().text()
              + "' is taken by the function '"
              + clash.get().name()
              + "' for a method of both",
          "Give one of them another route or other methods.");
    }
    functions = functions.with(entry);
  }

  /** Replaces the endpoints; earlier ones come first. */
  synchronized void endpoints(List<HttpEndpoint> offered) {
    Routes<HttpEndpoint> all = Routes.empty();
    for (int i = 0; i < offered.size(); i++) {
      HttpEndpoint endpoint = offered.get(i);
      try {
        RouteTemplate template = RouteTemplate.parse(endpoint.path());
        all =
            all.with(
                new Routes.Entry<>(
                    Integer.toString(FIRST + i), template, endpoint.methods(), endpoint));
      } catch (RouteSyntaxException e) {
        throw new IllegalArgumentException(
            "endpoint '" + endpoint.path() + "': " + e.getMessage(), e);
      }
    }
    endpoints = all;
  }

  /** Finds what answers; endpoints first. Never blocks. */
  Resolution resolve(String method, RequestPath path, HttpOptions options, HostServices host) {
    if (!path.isDisguised()) {
      Optional<Routes.Match<HttpEndpoint>> endpoint = endpoint(method, path);
      if (endpoint.isPresent()) {
        return new Resolution.ToEndpoint(endpoint.get().target(), endpoint.get().values());
      }
    }
    for (int i = 0; i < RESERVED.size(); i++) {
      if (path.startsWith(RESERVED.get(i))) {
        return NOTHING;
      }
    }
    Optional<Routes.Match<HttpSource>> function = functions.find(method, path);
    if (function.isPresent() && function.get().target().sink() != null) {
      return new Resolution.ToFunction(function.get().target(), function.get().values());
    }
    if (function.isEmpty() && path.isRoot() && Homepage.answers(method)) {
      return new Resolution.Answer(Homepage.response(options.homepage()));
    }
    return switch (host.state()) {
      case NEW, LOADING, STARTING -> new Resolution.NotYet();
      case ERROR -> CLOSED;
      case RUNNING ->
          function.isPresent()
              ? new Resolution.ToFunction(function.get().target(), function.get().values())
              : NOTHING;
      case DRAINING, STOPPED -> function.isPresent() ? CLOSED : NOTHING;
    };
  }

  private Optional<Routes.Match<HttpEndpoint>> endpoint(String method, RequestPath path) {
    Optional<Routes.Match<HttpEndpoint>> exact = endpoints.find(method, path);
    return exact.isEmpty() && method.equals("HEAD") ? endpoints.find("GET", path) : exact;
  }
}
