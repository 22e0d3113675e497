package dev.roost.host.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Who gets in with which key, over the real server in Production. */
class AccessMatrixTest {
  private static final int PASSES = -1;

  /** The columns of the table: each key is its own value. */
  private static final List<String> KEYS =
      List.of(
          "none",
          "wrong",
          "of-function",
          "of-other",
          "of-host",
          "of-master",
          "of-blobs",
          "of-elsewhere");

  private static final Map<String, List<Integer>> TABLE =
      Map.of(
          "GET /api/f-anonymous",
              List.of(PASSES, PASSES, PASSES, PASSES, PASSES, PASSES, PASSES, PASSES),
          "GET /api/f-function", List.of(401, 401, PASSES, 401, PASSES, PASSES, 401, 401),
          "GET /api/f-admin", List.of(401, 401, 401, 401, 401, PASSES, 401, 401),
          "GET /api/f-system", List.of(401, 401, 401, 401, 401, PASSES, PASSES, PASSES),
          "GET /admin/host/ping",
              List.of(PASSES, PASSES, PASSES, PASSES, PASSES, PASSES, PASSES, PASSES),
          "GET /admin/host/status", List.of(401, 401, 401, 401, 403, PASSES, 403, 403),
          "POST /runtime/webhooks/blobs", List.of(401, 401, 401, 401, 403, PASSES, PASSES, 403));

  @TempDir private static Path folder;
  private static KeyedApp app;

  @BeforeAll
  static void start() throws IOException {
    Path keys = Files.createDirectories(folder.resolve("keys"));
    Files.writeString(
        keys.resolve("host.json"),
        """
        {
          "masterKey": {"name": "master", "value": "of-master", "encrypted": false},
          "functionKeys": [{"name": "default", "value": "of-host", "encrypted": false}],
          "systemKeys": [
            {"name": "blobs_extension", "value": "of-blobs", "encrypted": false},
            {"name": "elsewhere_extension", "value": "of-elsewhere", "encrypted": false}],
          "hostName": "app.example", "instanceId": "1", "source": "runtime", "decryptionKeyId": ""
        }
        """);
    Files.writeString(
        keys.resolve("f-function.json"),
        "{\"keys\": [{\"name\": \"default\", \"value\": \"of-function\", \"encrypted\": false}]}");
    Files.writeString(
        keys.resolve("other.json"),
        "{\"keys\": [{\"name\": \"default\", \"value\": \"of-other\", \"encrypted\": false}]}");
    app =
        KeyedApp.start(
            folder,
            Map.of(
                "AzureWebJobsSecretStorageType",
                "files",
                "FUNCTIONS_SECRETS_PATH",
                keys.toString()));
  }

  @AfterAll
  static void stop() {
    app.close();
  }

  static Stream<Arguments> everyCombination() {
    List<Arguments> cases = new ArrayList<>();
    TABLE.forEach((target, row) -> {
      for (int i = 0; i < KEYS.size(); i++) {
        cases.add(Arguments.of(target, KEYS.get(i), "header", row.get(i)));
        cases.add(Arguments.of(target, KEYS.get(i), "query", row.get(i)));
      }
    });
    return cases.stream();
  }

  @ParameterizedTest(name = "{0} with {1} in the {2} -> {3}")
  @MethodSource("everyCombination")
  void opens(String target, String key, String place, int expected)
      throws IOException, InterruptedException {
    String[] parts = target.split(" ", 2);
    boolean inQuery = place.equals("query") && !key.equals("none");
    HttpRequest.Builder request =
        app.request(parts[1] + (inQuery ? "?code=" + key : ""))
            .method(parts[0], HttpRequest.BodyPublishers.ofString("{}"));
    if (place.equals("header") && !key.equals("none")) {
      request.header("X-Functions-Key", key);
    }
    HttpResponse<String> response = app.send(request);
    if (expected == PASSES) {
      assertThat(response.statusCode()).isNotIn(401, 403, 503);
    } else {
      assertThat(response.statusCode()).isEqualTo(expected);
      assertThat(response.body()).isEmpty();
    }
  }

  @ParameterizedTest(name = "header [{0}] query [{1}] -> {2}")
  @CsvSource({
    "of-function, wrong,       200", // the header goes first
    "wrong,       of-function, 401", // even when only the query fits
    "'',          of-function, 401",
    "Of-Function, '',          401",
    "of-functio,  '',          401",
    "of-function2,'',          401",
  })
  void takesTheHeaderBeforeTheQueryAndTheWholeValue(String header, String query, int expected)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = app.request("/api/f-function?code=" + query).GET();
    request.header("x-functions-key", header);
    assertThat(app.send(request).statusCode()).isEqualTo(expected);
  }

  @Test
  void needsNoKeyInDevelopmentOnLoopback() throws IOException, InterruptedException {
    try (KeyedApp open = KeyedApp.start(folder.resolve("open"), Map.of(), "127.0.0.1", true)) {
      assertThat(open.host().open()).isTrue();
      assertThat(open.send(open.request("/api/f-admin")).statusCode()).isEqualTo(200);
      assertThat(status(open, "http://localhost:7071")).isEqualTo(200);
      assertThat(status(open, "http://127.0.0.1")).isEqualTo(200);
      // A page elsewhere may make a browser send this.
      assertThat(status(open, "https://attacker.example")).isEqualTo(401);
      assertThat(status(open, "null")).isEqualTo(401);
      assertThat(status(open, "http://localhost.attacker.example")).isEqualTo(401);
    }
  }

  private static int status(KeyedApp app, String origin) throws IOException, InterruptedException {
    return app.send(app.request("/admin/host/status").header("Origin", origin)).statusCode();
  }

  @Test
  void staysClosedInDevelopmentOnAnyOtherAddress() throws IOException, InterruptedException {
    try (KeyedApp closed = KeyedApp.start(folder.resolve("closed"), Map.of(), "0.0.0.0", true)) {
      assertThat(closed.host().open()).isFalse();
      assertThat(closed.send(closed.request("/api/f-function")).statusCode()).isEqualTo(401);
      assertThat(closed.send(closed.request("/admin/host/status")).statusCode()).isEqualTo(401);
      assertThat(closed.send(closed.request("/api/f-anonymous")).statusCode()).isEqualTo(200);
    }
  }
}
