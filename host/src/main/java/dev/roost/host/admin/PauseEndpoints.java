package dev.roost.host.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.roost.host.pause.Pause;
import dev.roost.spi.HttpEndpoint;
import dev.roost.spi.HttpRequest;
import dev.roost.spi.HttpResponse;
import dev.roost.spi.TimeSpans;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** {@code /admin/functions/{name}/pause} and {@code /resume}, for all hosts of the app. */
final class PauseEndpoints {
  private static final Duration LONGEST = Duration.ofDays(30);

  private final Administered host;

  PauseEndpoints(Administered host) {
    this.host = host;
  }

  List<HttpEndpoint> all() {
    return List.of(
        HostEndpoints.admin("POST", "admin/functions/{name}/pause", this::pause),
        HostEndpoints.admin("POST", "admin/functions/{name}/resume", this::resume));
  }

  private HttpResponse pause(HttpRequest request) {
    Optional<AdminFunction> function = FunctionEndpoints.asked(host, request);
    if (function.isEmpty()) {
      return HttpResponse.of(404);
    }
    JsonNode body = Body.json(request);
    String text = body.path("duration").asText("");
    Optional<Duration> duration =
        TimeSpans.parse(text).filter(span -> span.isPositive() && span.compareTo(LONGEST) <= 0);
    if (duration.isEmpty()) {
      return HttpResponse.text(
          400,
          "duration: '"
              + text
              + "' is not a time span of at most 30 days. Send {\"duration\": \"00:10:00\"}.");
    }
    Instant until = host.services().clock().now().plus(duration.get());
    Pause pause = new Pause(function.get().name(), until, body.path("reason").asText(""));
    return told(() -> host.pauses().pause(pause), function.get().name());
  }

  private HttpResponse resume(HttpRequest request) {
    return FunctionEndpoints.asked(host, request)
        .map(AdminFunction::name)
        .map(name -> told(() -> host.pauses().resume(name), name))
        .orElse(HttpResponse.of(404));
  }

  private interface Change {
    void make() throws IOException;
  }

  private HttpResponse told(Change change, String function) {
    try {
      change.make();
    } catch (IOException e) {
      return HttpResponse.text(
          503, "The hosts' shared document can't be written: " + e.getMessage());
    }
    var answer = JsonNodeFactory.instance.objectNode().put("name", function);
    host.pauses()
        .of(function)
        .ifPresent(pause ->
            answer.put("pausedUntil", pause.until().toString()).put("reason", pause.reason()));
    return HttpResponse.json(200, answer);
  }
}
