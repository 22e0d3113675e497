package dev.roost.storage.blob;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.roost.spi.AccessLevel;
import dev.roost.spi.HttpEndpoint;
import dev.roost.spi.HttpRequest;
import dev.roost.spi.HttpResponse;
import dev.roost.spi.Payload;
import dev.roost.spi.PlainJson;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The address to which Event Grid sends its events: {@code POST
 * /runtime/webhooks/blobs?functionName=Host.Functions.Name&code=KEY}. Each matching blob goes into
 * the internal queue; the answer 202 says that all of them are there.
 */
final class BlobWebhook {
  private static final Logger LOG = System.getLogger("Host.Triggers.Blob");
  private static final String VALIDATION = "Microsoft.EventGrid.SubscriptionValidationEvent";

  private final Supplier<@Nullable BlobSource> source;

  /**
   * @param source the blob functions; null as long as there are none
   */
  BlobWebhook(Supplier<@Nullable BlobSource> source) {
    this.source = source;
  }

  HttpEndpoint endpoint() {
    return new HttpEndpoint(
        Set.of("POST", "OPTIONS"), "runtime/webhooks/blobs", AccessLevel.SYSTEM, this::handle);
  }

  private HttpResponse handle(HttpRequest request) {
    if (request.method().equals("OPTIONS")) {
      return cloudEventsHandshake(request);
    }
    Optional<BlobFunction> function = function(request);
    if (function.isEmpty()) {
      return HttpResponse.text(
          404,
          "functionName names no function with a blob trigger of source EventGrid. Write it as"
              + " Host.Functions.NAME.");
    }
    JsonNode body;
    try {
      body = PlainJson.MAPPER.readTree(bytes(request.body()));
    } catch (IOException _) {
      return HttpResponse.text(400, "The body is not the JSON of Event Grid's events.");
    }
    Optional<String> code = validationCode(body);
    return code.isPresent()
        ? HttpResponse.json(
            200, JsonNodeFactory.instance.objectNode().put("validationResponse", code.get()))
        : enqueue(body, function.get());
  }

  private Optional<BlobFunction> function(HttpRequest request) {
    BlobSource functions = source.get();
    String name = first(request.query().get("functionName"));
    return functions == null
        ? Optional.empty()
        : Optional.ofNullable(functions.function(name)).filter(BlobFunction::isByEvent);
  }

  private static String first(@Nullable List<String> values) {
    return values == null || values.isEmpty() ? "" : values.getFirst();
  }

  private HttpResponse enqueue(JsonNode body, BlobFunction function) {
    BlobSource functions = source.get();
    try {
      for (BlobEvent event : BlobEvent.written(body)) {
        if (functions != null && function.wants(event.path())) {
          functions.queue().add(event.messageFor(function));
        }
      }
      return HttpResponse.of(202);
    } catch (IOException e) {
      LOG.log(
          Level.WARNING,
          "Events for function ''{0}'' can''t be queued; Event Grid sends them again: {1}",
          function.name(),
          e.getMessage());
      return HttpResponse.text(503, "The events could not be queued. Send them again.");
    }
  }

  /** Event Grid asks whether we want its events before it sends any. */
  private static Optional<String> validationCode(JsonNode body) {
    JsonNode event = body.isArray() ? body.path(0) : body;
    String code = event.path("data").path("validationCode").asText();
    return event.path("eventType").asText().equals(VALIDATION) && !code.isEmpty()
        ? Optional.of(code)
        : Optional.empty();
  }

  /** The same question in the words of CloudEvents. */
  private static HttpResponse cloudEventsHandshake(HttpRequest request) {
    return new HttpResponse(
        200,
        request
            .header("webhook-request-origin")
            .map(origin -> List.of(new HttpResponse.Header("WebHook-Allowed-Origin", origin)))
            .orElse(List.of()),
        Payload.EMPTY);
  }

  private static byte[] bytes(Payload body) throws IOException {
    return switch (body) {
      case Payload.Bytes bytes -> bytes.value();
      case Payload.Stream stream -> {
        try (InputStream in = stream.opener().open()) {
          yield in.readAllBytes();
        }
      }
      default -> new byte[0];
    };
  }
}
