package dev.roost.host.scale;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roost.host.run.Volume;
import dev.roost.host.run.Volumes;
import dev.roost.spi.AccessLevel;
import dev.roost.spi.HttpEndpoint;
import dev.roost.spi.HttpRequest;
import dev.roost.spi.HttpResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * {@code /runtime/webhooks/scale}: what waits for each function and how many hosts that asks for.
 * It has a system key of its own, {@code scale_extension}, which opens nothing else. What can't be
 * counted is answered with 503: the scaler then keeps the hosts there are.
 */
public final class ScaleEndpoint {
  /** Where it is served, beside {@code /admin/host/scale} for the master key. */
  public static final String PATH = "runtime/webhooks/scale";

  /** A host is wanted this long before a timer is due; longer than a cold start with its pull. */
  private static final Duration LEAD = Duration.ofMinutes(2);

  private static final int MOST_LEAD_SECONDS = 86_400;

  private final Volumes volumes;

  public ScaleEndpoint(Volumes volumes) {
    this.volumes = volumes;
  }

  /** The two routes. */
  public List<HttpEndpoint> all() {
    return List.of(
        new HttpEndpoint(Set.of("GET"), PATH, AccessLevel.SYSTEM, this::answer),
        new HttpEndpoint(Set.of("GET"), "admin/host/scale", AccessLevel.ADMIN, this::answer));
  }

  private HttpResponse answer(HttpRequest request) {
    List<String> named = request.query().getOrDefault("function", List.of());
    Optional<Duration> lead = lead(request);
    if (lead.isEmpty()) {
      return HttpResponse.text(400, "lead: write a number of seconds from 0 to 86400.");
    }
    Predicate<String> wanted =
        name -> named.isEmpty() || named.stream().anyMatch(name::equalsIgnoreCase);
    try {
      List<Volume> read = volumes.read(wanted);
      return read.isEmpty() && !named.isEmpty()
          ? HttpResponse.text(404, "This app has no function of that name that can be scaled.")
          : HttpResponse.json(200, json(read, lead.get()));
    } catch (IOException e) {
      return HttpResponse.text(503, String.valueOf(e.getMessage()));
    }
  }

  private static Optional<Duration> lead(HttpRequest request) {
    List<String> asked = request.query().getOrDefault("lead", List.of());
    if (asked.isEmpty()) {
      return Optional.of(LEAD);
    }
    return Optional.of(asked.getFirst())
        .filter(text -> text.matches("\\d{1,5}"))
        .map(Integer::parseInt)
        .filter(seconds -> seconds <= MOST_LEAD_SECONDS)
        .map(Duration::ofSeconds);
  }

  static ObjectNode json(List<Volume> volumes, Duration lead) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.put(
        "desired", volumes.stream().mapToLong(volume -> volume.desired(lead)).max().orElse(0));
    volumes.stream()
        .flatMap(volume -> volume.untilDue().stream())
        .min(Duration::compareTo)
        .ifPresent(until -> answer.put("secondsToNextTimer", until.toMillis() / 1000.0));
    ArrayNode entries = answer.putArray("functions");
    for (Volume volume : volumes) {
      ObjectNode entry = entries.addObject();
      entry.put("name", String.join(",", volume.functions()));
      entry.put("desired", volume.desired(lead));
      if (volume.untilDue().isPresent()) {
        entry.put("secondsToNext", volume.untilDue().get().toMillis() / 1000.0);
      } else {
        entry.put("waiting", volume.waiting());
        // On one host; a queue does not tell who has its invisible messages.
        entry.put("visible", Math.max(0, volume.waiting() - volume.inFlight()));
        entry.put("inFlight", volume.inFlight());
        entry.put("perHost", volume.perHost());
        volume.oldest().ifPresent(age -> entry.put("oldestSeconds", age.toMillis() / 1000.0));
        entry.put("places", String.join(",", volume.places()));
      }
      volume.needsOneHost().ifPresent(why -> entry.put("needsOneHost", why));
    }
    return answer;
  }
}
