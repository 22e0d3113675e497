package dev.roost.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.spi.AccessLevel;
import dev.roost.spi.HttpEndpoint;
import dev.roost.spi.Payload;
import java.io.ByteArrayInputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class Http2Test {
  private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
  private static final String SETTINGS = "\0\0\0\4\0\0\0\0\0";

  private final TestApp app = new TestApp();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();

  @BeforeEach
  void listen() throws Exception {
    app.function("echo", "echo/{id?}", request -> TestApp.text(TestApp.bodyOf(request)));
    app.function(
        "headers", "headers", request -> TestApp.text(request.headers().keySet().toString()));
    app.endpoint(
        new HttpEndpoint(
            Set.of("GET"),
            "admin/late",
            AccessLevel.ADMIN,
            request -> dev.roost.spi.HttpResponse.text(200, "late")));
    app.listen();
  }

  @AfterEach
  void close() {
    client.close();
    app.close();
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(app.uri(path));
  }

  @Test
  void upgradesAClientThatAsks() throws Exception {
    HttpResponse<String> response = send(to("/api/headers"));
    assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
    assertThat(response.body())
        .contains("host")
        .doesNotContain("x-http2", "upgrade", "http2-settings");
    assertThat(response.headers().firstValue("connection")).isEmpty();
  }

  /**
   * Whether a caller is let in is decided on another thread, while the request is already whole.
   */
  @Test
  void answersRequestsWithoutABodyThatAreAdmittedLate() throws Exception {
    for (int i = 0; i < 20; i++) {
      HttpResponse<String> response = send(to("/admin/late"));
      assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.body()).isEqualTo("late");
    }
  }

  @Test
  void takesBodiesAndAnswersManyStreamsAtOnce() throws Exception {
    send(to("/api/echo"));
    List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
    for (int i = 0; i < 90; i++) {
      answers.add(
          client.sendAsync(
              to("/api/echo/" + i).POST(HttpRequest.BodyPublishers.ofString("body " + i)).build(),
              HttpResponse.BodyHandlers.ofString()));
    }
    for (int i = 0; i < 90; i++) {
      HttpResponse<String> response = answers.get(i).join();
      assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
      assertThat(response.body()).isEqualTo("body " + i);
    }
  }

  @Test
  void takesALongBodyWithoutDeclaredLength() throws Exception {
    send(to("/api/echo"));
    byte[] body = "0123456789".repeat(100_000).getBytes(StandardCharsets.UTF_8);
    HttpResponse<String> response =
        send(
            to("/api/echo")
                .POST(
                    HttpRequest.BodyPublishers.ofInputStream(
                        () -> new ByteArrayInputStream(body))));
    assertThat(response.body()).hasSize(body.length);
  }

  @Test
  void streamsAnAnswer() throws Exception {
    byte[] body = "y".repeat(2_000_000).getBytes(StandardCharsets.UTF_8);
    app.function("s", "", _ -> new Payload.Stream(() -> new ByteArrayInputStream(body), -1));
    assertThat(send(to("/api/s")).body()).hasSize(body.length);
    assertThat(send(to("/api/s")).body()).hasSize(body.length);
  }

  @Test
  void answersErrorsOnTheStreamAndGoesOn() throws Exception {
    assertThat(send(to("/nothing")).statusCode()).isEqualTo(404);
    assertThat(send(to("/api/..%2f%00")).statusCode()).isEqualTo(400);
    assertThat(
            send(to("/nothing").POST(HttpRequest.BodyPublishers.ofString("x".repeat(1000))))
                .statusCode())
        .isEqualTo(404);
    assertThat(send(to("/api/echo")).statusCode()).isEqualTo(200);
    assertThat(
            send(to("/api/echo").method("HEAD", HttpRequest.BodyPublishers.noBody())).statusCode())
        .isEqualTo(200);
  }

  @Test
  void servesAClientThatKnowsBeforehand() throws Exception {
    try (RawClient raw = new RawClient(app.address())) {
      raw.send(PREFACE + SETTINGS + get("/api/echo"));
      RawClient.Frame frame = raw.frame();
      while (frame.type() != 1) {
        frame = raw.frame();
      }
      assertThat(frame.stream()).isEqualTo(1);
      assertThat(frame.payload()[0] & 0xff).as("the static entry for :status 200").isEqualTo(0x88);
    }
  }

  @Test
  void closesAConnectionWhoseFramesAreNone() throws Exception {
    try (RawClient raw = new RawClient(app.address())) {
      raw.send(PREFACE + "\u00ff".repeat(100));
      assertThat(raw.isClosedByServer()).isTrue();
    }
    assertThat(send(to("/api/echo")).statusCode()).isEqualTo(200);
  }

  @Test
  void leavesAnUpgradeWithABodyInHttp1() throws Exception {
    HttpResponse<String> response =
        send(to("/api/echo").POST(HttpRequest.BodyPublishers.ofString("first")));
    assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
    assertThat(response.body()).isEqualTo("first");
  }

  @Test
  void refusesAnUpgradeWithBrokenSettings() throws Exception {
    try (RawClient raw = new RawClient(app.address())) {
      raw.send(
          "GET /api/echo HTTP/1.1\r\nHost: h\r\nConnection: Upgrade, HTTP2-Settings\r\n"
              + "Upgrade: h2c\r\nHTTP2-Settings: @@@\r\n\r\n");
      assertThat(raw.read().status()).isIn(200, 400);
    }
    assertThat(send(to("/api/echo")).statusCode()).isEqualTo(200);
  }

  /** A HEADERS frame for stream 1, by HPACK's static table. */
  private static String get(String path) {
    String block = "\u0082\u0086\u0044" + (char) path.length() + path + "\u0041\u0001h";
    return "\0\0" + (char) block.length() + "\1\5\0\0\0\1" + block;
  }
}
