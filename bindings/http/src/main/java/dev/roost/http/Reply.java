package dev.roost.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roost.spi.HttpResponse;
import dev.roost.spi.HttpResponse.Header;
import dev.roost.spi.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The response that a function's return value means. Source of the rules: functions-host,
 * HttpBinding and RawScriptResult.
 */
final class Reply {
  private static final HttpResponse NO_CONTENT = HttpResponse.of(204);

  private Reply() {}

  static HttpResponse of(Payload reply) {
    return switch (reply) {
      case Payload.Native(Object value) ->
          value instanceof HttpResponse response ? response : text(String.valueOf(value));
      case Payload.Text(String text) ->
          Json.container(text).map(Reply::json).orElseGet(() -> text(text));
      case Payload.Json(JsonNode node) -> node.isNull() ? NO_CONTENT : json(node);
      case Payload.Bytes _, Payload.Stream _ -> new HttpResponse(200, List.of(), reply);
      case Payload.Batch(List<Payload> items) -> items.isEmpty() ? NO_CONTENT : of(items.getLast());
      case Payload.Empty _, Payload.Broken _ -> NO_CONTENT;
    };
  }

  private static HttpResponse text(String text) {
    return new HttpResponse(200, List.of(), new Payload.Text(text));
  }

  private static HttpResponse json(JsonNode node) {
    return property(node, "body")
        .map(body -> envelope(node, body))
        .orElseGet(() -> new HttpResponse(200, List.of(), new Payload.Json(node)));
  }

  private static HttpResponse envelope(JsonNode node, JsonNode body) {
    List<Header> headers = new ArrayList<>();
    property(node, "headers")
        .ifPresent(all ->
            all.properties()
                .forEach(header -> addHeader(headers, header.getKey(), header.getValue())));
    property(node, "cookies")
        .ifPresent(all -> all.forEach(cookie -> ResponseCookie.of(cookie).ifPresent(headers::add)));
    Payload content =
        body.isNull()
            ? Payload.EMPTY
            : body.isTextual() ? new Payload.Text(body.textValue()) : new Payload.Json(body);
    return new HttpResponse(status(node), headers, content);
  }

  private static void addHeader(List<Header> headers, String name, JsonNode value) {
    if (value.isArray()) {
      value.forEach(one -> headers.add(new Header(name, one.asText())));
    } else if (!value.isNull()) {
      headers.add(new Header(name, Json.text(value)));
    }
  }

  private static int status(JsonNode node) {
    return property(node, "statusCode")
        .or(() -> property(node, "status"))
        .map(status -> status.asInt(0))
        .filter(status -> status != 0)
        .orElse(200);
  }

  private static Optional<JsonNode> property(JsonNode node, String name) {
    if (!(node instanceof ObjectNode)) {
      return Optional.empty();
    }
    JsonNode exact = node.get(name);
    if (exact != null) {
      return Optional.of(exact);
    }
    return node.properties().stream()
        .filter(property -> property.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .findFirst();
  }
}
