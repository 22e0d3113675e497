package dev.roost.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roost.spi.BindingData;
import dev.roost.spi.Delivery;
import dev.roost.spi.HttpRequest;
import dev.roost.spi.HttpResponse;
import dev.roost.spi.Outcome;
import dev.roost.spi.Payload;
import dev.roost.spi.RequestFault;
import dev.roost.spi.Running;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One request as the dispatcher sees it. Headers, query and binding data are decoded when they are
 * first asked for, on the thread that runs the function.
 */
final class HttpDelivery implements Delivery {
  private static final int MAX_CAUSES = 20;

  /** A span has no other: names that clients make up would be endless. */
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH");

  private final Exchange exchange;
  private final HttpSource source;
  private final Map<String, String> route;
  private final Payload body;
  private @Nullable HttpRequest request;
  private @Nullable BindingData data;

  HttpDelivery(Exchange exchange, HttpSource source, Map<String, String> route, Payload body) {
    this.exchange = exchange;
    this.source = source;
    this.route = route;
    this.body = body;
  }

  @Override
  public String function() {
    return source.function();
  }

  @Override
  public Payload payload() {
    return new Payload.Native(request());
  }

  private synchronized HttpRequest request() {
    if (request == null) {
      request = exchange.head().request(route, body);
    }
    return request;
  }

  @Override
  public synchronized BindingData data() {
    if (data == null) {
      data = read(request());
    }
    return data;
  }

  /** Body properties, then the query without the key, then the route: the later wins. */
  static BindingData read(HttpRequest request) {
    BindingData.Builder data = BindingData.builder();
    if (request.body() instanceof Payload.Bytes(byte[] bytes)) {
      Json.object(bytes).ifPresent(data::properties);
    }
    request
        .query()
        .forEach((name, values) -> {
          if (!name.equalsIgnoreCase("code")) {
            data.text(name, String.join(",", values));
          }
        });
    data.json("Headers", joined(request.headers()));
    data.json("Query", joined(request.query()));
    request.route().forEach(data::text);
    return data.build();
  }

  private static JsonNode joined(Map<String, List<String>> values) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    values.forEach((name, all) -> node.put(name, String.join(",", all)));
    return node;
  }

  @Override
  public String reason() {
    return "This function was programmatically called via the host APIs.";
  }

  @Override
  public Optional<String> traceParent() {
    return Optional.ofNullable(exchange.head().headers().get("traceparent"));
  }

  @Override
  public String traceState() {
    return String.join(",", exchange.head().headers().getAll("tracestate"));
  }

  /** Neither the query nor the host: the one may hold a key, the other is the client's word. */
  @Override
  public Map<String, String> spanAttributes() {
    RequestHead head = exchange.head();
    return Map.of(
        "faas.trigger",
        "http",
        "http.request.method",
        METHODS.contains(head.method()) ? head.method() : "_OTHER",
        "http.route",
        source.route(),
        "url.path",
        head.path().text(),
        "url.scheme",
        head.scheme());
  }

  @Override
  public void start(Thread.Builder.OfVirtual thread, Runnable invocation) {
    exchange.start(thread, invocation);
  }

  @Override
  public void started(Running running) {
    exchange.started(running);
  }

  /** The sender gets its answer at the limit; room for another request there is after settling. */
  @Override
  public void overdue() {
    exchange.answer(HttpResponse.of(500));
  }

  @Override
  public void settle(Outcome outcome) {
    exchange.answerFunction(
        switch (outcome) {
          case Outcome.Succeeded(Payload reply) -> Reply.of(reply);
          case Outcome.Failed failed -> failure(failed.cause());
          case Outcome.Partial _ -> HttpResponse.of(500);
          case Outcome.Abandoned _ -> HttpResponse.of(503);
        });
  }

  /** 500 without a word, unless the failure has something to say to the caller. */
  private static HttpResponse failure(Throwable cause) {
    int depth = 0;
    for (Throwable at = cause; at != null && depth < MAX_CAUSES; at = at.getCause()) {
      if (at instanceof RequestFault fault) {
        return fault.response();
      }
      depth++;
    }
    return HttpResponse.of(500);
  }
}
