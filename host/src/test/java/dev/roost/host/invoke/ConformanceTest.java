package dev.roost.host.invoke;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import dev.roost.spi.BindingData;
import dev.roost.spi.BindingException;
import dev.roost.spi.HttpRequest;
import dev.roost.spi.HttpResponse;
import dev.roost.spi.Outcome;
import dev.roost.spi.Payload;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds what leaves a function against conversions.table, which carries the answers that were
 * measured of the official worker, and ours where the official one has none.
 */
class ConformanceTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** One line of the table. */
  record Case(String function, String event, String expected) {
    @Override
    public String toString() {
      return function + " <- " + event;
    }
  }

  static Stream<Case> cases() throws IOException {
    try (InputStream in = ConformanceTest.class.getResourceAsStream("conversions.table")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .filter(line -> !line.isBlank() && !line.startsWith("#"))
              .map(line -> line.split("\\s+\\| ", 3))
              .map(cells -> new Case(cells[0].strip(), cells[1].strip(), cells[2].strip()))
              .toList()
              .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void leavesWhatTheTableSays(Case row) {
    String expected = row.expected().replaceFirst("^(same|better|ours): ", "");
    String actual = leaves(row);
    if (expected.startsWith("fails ")) {
      assertThat(actual).startsWith("fails ").contains(expected.substring("fails ".length()));
    } else {
      assertThat(actual).isEqualTo(expected.replace("\\u202f", "\u202f"));
    }
  }

  private static String leaves(Case row) {
    Calls calls = new Calls();
    String entryPoint = "probe." + row.function().replace("/unbound", "");
    calls.returnBound = !row.function().endsWith("/unbound");
    try {
      Outcome outcome = calls.call(entryPoint, event(row.event()));
      return switch (outcome) {
        case Outcome.Succeeded(Payload reply) -> success(calls.written, reply);
        case Outcome.Failed failed ->
            "fails "
                + failed.cause().getClass().getSimpleName()
                + ": "
                + Failures.inWords(failed.cause());
        case Outcome.Partial _, Outcome.Abandoned _ -> outcome.toString();
      };
    } catch (BindingException e) {
      return "fails to bind " + e.getMessage();
    }
  }

  private static String success(Map<String, Payload> written, Payload reply) {
    String out =
        written.entrySet().stream()
            .map(entry ->
                entry.getKey().equals("$return")
                    ? show(entry.getValue())
                    : entry.getKey() + "=" + show(entry.getValue()))
            .collect(Collectors.joining(" "));
    String answer = reply instanceof Payload.Empty ? "" : "reply " + show(reply);
    return (out + answer).isEmpty() ? "nothing" : out + answer;
  }

  private static String show(Payload payload) {
    return switch (payload) {
      case Payload.Text(String text) -> "text " + text;
      case Payload.Bytes(byte[] bytes) -> "bytes " + HexFormat.of().formatHex(bytes);
      case Payload.Json json when json.value().getNodeType() == JsonNodeType.NUMBER ->
          (json.value().isIntegralNumber() ? "int " : "double ") + json.value().asText();
      case Payload.Json json -> "json " + json.value();
      case Payload.Stream stream -> "stream " + HexFormat.of().formatHex(read(stream));
      case Payload.Native(HttpResponse response) ->
          "http "
              + response.status()
              + " "
              + response.headers().stream()
                  .map(header -> header.name() + ": " + header.value())
                  .toList()
              + " "
              + show(response.body());
      default -> payload.getClass().getSimpleName();
    };
  }

  private static byte[] read(Payload.Stream stream) {
    try (InputStream in = stream.opener().open()) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Event event(String text) {
    String[] parts = text.split(" where ", 2);
    Event event = Event.of(payload(parts[0])).tracedBy("00-abc-def-01");
    if (parts.length == 1) {
      return event;
    }
    String[] data = parts[1].split(" is ", 2);
    BindingData.Builder builder = BindingData.builder();
    switch (payload(data[1])) {
      case Payload.Json json -> builder.json(data[0], json.value());
      case Payload.Text(String value) -> builder.text(data[0], value);
      default -> throw new IllegalArgumentException(text);
    }
    return event.with(builder.build());
  }

  private static Payload payload(String text) {
    String[] parts = (text + " ").split(" ", 2);
    String value = parts[1].strip();
    return switch (parts[0]) {
      case "text" -> new Payload.Text(value);
      case "bytes" -> bytes(value);
      case "stream" -> stream(value);
      case "json" -> json(value);
      case "texts" -> batch(value, Payload.Text::new);
      case "blobs" -> batch(value, ConformanceTest::bytes);
      case "broken" -> new Payload.Broken(value);
      case "none" -> Payload.EMPTY;
      case "post" -> request("POST", value.isEmpty() ? Payload.EMPTY : payload(value));
      case "purge" -> request("PURGE", Payload.EMPTY);
      default -> throw new IllegalArgumentException(text);
    };
  }

  private static Payload bytes(String value) {
    return new Payload.Bytes(value.getBytes(StandardCharsets.UTF_8));
  }

  private static Payload stream(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    return new Payload.Stream(() -> new ByteArrayInputStream(bytes), bytes.length);
  }

  private static Payload json(String value) {
    try {
      return new Payload.Json(JSON.readTree(value));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(value, e);
    }
  }

  private static Payload batch(String value, java.util.function.Function<String, Payload> item) {
    return new Payload.Batch(Arrays.stream(value.split(" ; ")).map(item).toList());
  }

  private static Payload request(String method, Payload body) {
    return new Payload.Native(
        new HttpRequest(
            method,
            URI.create("http://localhost:7071/api/x?name=n"),
            Map.of("content-type", List.of("application/json"), "x-a", List.of("1")),
            Map.of("name", List.of("n")),
            Map.of(),
            body));
  }
}
