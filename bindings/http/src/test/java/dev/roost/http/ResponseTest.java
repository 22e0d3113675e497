package dev.roost.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roost.spi.HttpResponse;
import dev.roost.spi.HttpResponse.Header;
import dev.roost.spi.Outcome;
import dev.roost.spi.Payload;
import dev.roost.spi.Sink;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client gets for what a function returns. */
final class ResponseTest {
  private final TestApp app = new TestApp();

  @BeforeEach
  void listen() throws Exception {
    app.listen();
  }

  @AfterEach
  void close() {
    app.close();
  }

  private RawClient.Response answerTo(String method, Payload reply) throws Exception {
    app.function("f", "", _ -> reply);
    try (RawClient client = new RawClient(app.address())) {
      client.send(method + " /api/f HTTP/1.1\r\nHost: h\r\n\r\n");
      return client.read(method.equals("HEAD"));
    }
  }

  private RawClient.Response answerTo(Payload reply) throws Exception {
    return answerTo("GET", reply);
  }

  private static Payload response(int status, Payload body, String... headers) {
    return new Payload.Native(
        new HttpResponse(
            status,
            Stream.of(headers)
                .map(line -> line.split(": ", 2))
                .map(line -> new Header(line[0], line[1]))
                .toList(),
            body));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void readsTheTextOfAFunctionAsTheOfficialHostDoes(
      String returned, int status, String type, String body) throws Exception {
    RawClient.Response response = answerTo(new Payload.Text(returned));
    assertThat(response.status()).isEqualTo(status);
    assertThat(response.first("content-type").orElse("")).isEqualTo(type);
    assertThat(response.body()).isEqualTo(body);
  }

  static Stream<Arguments> texts() {
    String plain = "text/plain; charset=utf-8";
    return Stream.of(
        Arguments.of("hello", 200, plain, "hello"),
        Arguments.of("", 200, plain, ""),
        Arguments.of("Grüße 😀", 200, plain, "Grüße 😀"),
        Arguments.of(
            "{\"a\":1,\"b\":[1,2]}",
            200,
            plain,
            "{\n  \"a\": 1,\n  \"b\": [\n    1,\n    2\n  ]\n}"),
        Arguments.of(" [ ] ", 200, plain, "[]"),
        Arguments.of("{}", 200, plain, "{}"),
        Arguments.of(
            "{\"n\":1.50,\"big\":12345678901234567890}",
            200,
            plain,
            "{\n  \"n\": 1.50,\n  \"big\": 12345678901234567890\n}"),
        Arguments.of("{broken", 200, plain, "{broken"),
        Arguments.of("{} trailing", 200, plain, "{} trailing"),
        Arguments.of("42", 200, plain, "42"),
        Arguments.of("\"quoted\"", 200, plain, "\"quoted\""),
        Arguments.of("true", 200, plain, "true"),
        Arguments.of("{\"body\":\"x\"}", 200, plain, "x"),
        Arguments.of("{\"BODY\":\"x\",\"status\":202}", 202, plain, "x"),
        Arguments.of("{\"body\":\"x\",\"statusCode\":\"201\",\"status\":500}", 201, plain, "x"),
        Arguments.of("{\"body\":{\"a\":1}}", 200, plain, "{\n  \"a\": 1\n}"),
        Arguments.of("{\"body\":5}", 200, plain, "5"),
        Arguments.of("{\"body\":null,\"status\":404}", 404, "", ""),
        Arguments.of(
            "{\"body\":\"<p>\",\"headers\":{\"content-type\":\"text/html\"}}",
            200,
            "text/html",
            "<p>"),
        Arguments.of("{\"status\":404}", 200, plain, "{\n  \"status\": 404\n}"));
  }

  @Test
  void takesCookiesAndRepeatedHeadersFromAnEnvelope() throws Exception {
    RawClient.Response response =
        answerTo(
            new Payload.Text(
                """
                {"body":"x","headers":{"X-A":["1","2"],"X-N":5},
                 "cookies":[{"name":"a","value":"1","path":"/","httpOnly":true,"maxAge":60},
                            {"name":"b","value":"2","secure":true,"sameSite":"Lax"}]}\
                """));
    assertThat(response.all("x-a")).containsExactly("1", "2");
    assertThat(response.all("x-n")).containsExactly("5");
    assertThat(response.all("set-cookie"))
        .containsExactly("a=1; Path=/; Max-Age=60; HttpOnly", "b=2; SameSite=Lax; Secure");
  }

  @Test
  void answersNothingWith204() throws Exception {
    RawClient.Response response = answerTo(Payload.EMPTY);
    assertThat(response.status()).isEqualTo(204);
    assertThat(response.first("content-length")).isEmpty();
  }

  @Test
  void sendsBytesAsTheyAre() throws Exception {
    RawClient.Response response =
        answerTo(new Payload.Bytes("{\"body\":1}".getBytes(StandardCharsets.UTF_8)));
    assertThat(response.body()).isEqualTo("{\"body\":1}");
    assertThat(response.first("content-type")).hasValue("application/octet-stream");
  }

  @Test
  void writesAJsonBodyIndentedAndKeepsItsType() throws Exception {
    Payload.Json json = new Payload.Json(new JsonMapper().readTree("{\"a\":{\"b\":[]}}"));
    RawClient.Response response = answerTo(response(200, json, "Content-Type: application/json"));
    assertThat(response.body()).isEqualTo("{\n  \"a\": {\n    \"b\": []\n  }\n}");
    assertThat(response.all("content-type")).containsExactly("application/json");
  }

  @Test
  void writesAScalarBare() throws Exception {
    assertThat(answerTo(new Payload.Json(JsonNodeFactory.instance.numberNode(7))).body())
        .isEqualTo("7");
  }

  @Test
  void leavesTheTextOfAResponseAlone() throws Exception {
    assertThat(answerTo(response(200, new Payload.Text("{\"body\":1}"))).body())
        .isEqualTo("{\"body\":1}");
  }

  @Test
  void sendsLengthDateAndTransferOnce() throws Exception {
    RawClient.Response response =
        answerTo(
            response(
                200,
                new Payload.Text("four"),
                "Content-Length: 99",
                "Date: Mon, 01 Jan 2024 00:00:00 GMT",
                "Transfer-Encoding: chunked",
                "Connection: upgrade",
                "Keep-Alive: 5"));
    assertThat(response.all("content-length")).containsExactly("4");
    assertThat(response.all("date")).containsExactly("Mon, 01 Jan 2024 00:00:00 GMT");
    assertThat(response.all("transfer-encoding")).isEmpty();
    assertThat(response.all("connection")).isEmpty();
    assertThat(response.body()).isEqualTo("four");
  }

  @Test
  void datesItsResponses() throws Exception {
    assertThat(answerTo(new Payload.Text("")).all("date"))
        .containsExactly("Thu, 01 Jan 2026 00:00:00 GMT");
  }

  @Test
  void keepsEveryCookie() throws Exception {
    assertThat(
            answerTo(
                    response(
                        200, new Payload.Text(""), "Set-Cookie: a=1", "set-cookie: b=2; Path=/"))
                .all("set-cookie"))
        .containsExactly("a=1", "b=2; Path=/");
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 202, 299, 301, 400, 404, 418, 500, 599, 799, 999})
  void sendsAnyFinalStatus(int status) throws Exception {
    assertThat(answerTo(response(status, new Payload.Text("x"))).status()).isEqualTo(status);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 100, 101, 199, 1000, -1})
  void answers500ForAStatusThatIsNone(int status) throws Exception {
    assertThat(answerTo(response(status, new Payload.Text("x"))).status()).isEqualTo(500);
  }

  @ParameterizedTest
  @ValueSource(ints = {204, 304})
  void sendsNoBodyWhereNoneMayBe(int status) throws Exception {
    app.function("f", "", _ -> response(status, new Payload.Text("not sent")));
    try (RawClient client = new RawClient(app.address())) {
      client.get("/api/f").get("/api/none");
      assertThat(client.read().status()).isEqualTo(status);
      assertThat(client.read().status()).isEqualTo(404);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"X: a\r\nSet-Cookie: evil=1", "X: a\nb", "X: \u0000", "X Y: a", ": a", "É: a"})
  void refusesToSendAHeaderThatSplits(String header) throws Exception {
    RawClient.Response response = answerTo(response(200, new Payload.Text("x"), header));
    assertThat(response.status()).isEqualTo(500);
    assertThat(response.all("set-cookie")).isEmpty();
    assertThat(response.body()).isEmpty();
  }

  @Test
  void answersHeadWithTheLengthButWithoutTheBody() throws Exception {
    app.function("f", "", _ -> new Payload.Text("twelve bytes"));
    try (RawClient client = new RawClient(app.address())) {
      client.send("HEAD /api/f HTTP/1.1\r\nHost: h\r\n\r\n");
      RawClient.Response response = client.read(true);
      assertThat(response.all("content-length")).containsExactly("12");
      assertThat(client.get("/api/f").read().body()).isEqualTo("twelve bytes");
    }
  }

  @Test
  void keepsTheLengthThatAFunctionTellsToHead() throws Exception {
    assertThat(
            answerTo("HEAD", response(200, Payload.EMPTY, "Content-Length: 1234"))
                .all("content-length"))
        .containsExactly("1234");
  }

  @Test
  void answersAFailureWith500AndAShutdownWith503() throws Exception {
    app.start("failed", anonymous(), settling(new Outcome.Failed(new IOException("secret"))));
    app.start("abandoned", anonymous(), settling(new Outcome.Abandoned("shutdown")));
    try (RawClient client = new RawClient(app.address())) {
      client.get("/api/failed").get("/api/abandoned");
      RawClient.Response failed = client.read();
      assertThat(failed.status() + failed.body()).isEqualTo("500");
      assertThat(client.read().status()).isEqualTo(503);
    }
  }

  private static ObjectNode anonymous() {
    return TestApp.properties().put("authLevel", "anonymous");
  }

  private static Sink settling(Outcome outcome) {
    return delivery -> {
      try {
        delivery.settle(outcome);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return true;
    };
  }

  @Test
  void addsTheHeadersOfTheOptions() throws Exception {
    app.close();
    try (TestApp other = new TestApp()) {
      other.host.extensions.put("http", TestApp.properties());
      other
          .host
          .extension("http")
          .putObject("customHeaders")
          .put("X-Content-Type-Options", "nosniff")
          .put("X-Mine", "host");
      other.listen();
      other.function("f", "", _ -> response(200, Payload.EMPTY, "x-mine: function"));
      try (RawClient client = new RawClient(other.address())) {
        RawClient.Response response = client.get("/api/f").read();
        assertThat(response.all("x-content-type-options")).containsExactly("nosniff");
        assertThat(response.all("x-mine")).containsExactly("function");
      }
    }
  }

  private static Payload stream(InputStream in, long length) {
    return new Payload.Stream(() -> in, length);
  }

  private static InputStream bytes(int count) {
    return new ByteArrayInputStream("s".repeat(count).getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void streamsABodyOfKnownLength() throws Exception {
    RawClient.Response response = answerTo(stream(bytes(1_000_000), 1_000_000));
    assertThat(response.all("content-length")).containsExactly("1000000");
    assertThat(response.body()).hasSize(1_000_000);
  }

  @Test
  void streamsABodyOfUnknownLengthInChunksAndGoesOn() throws Exception {
    app.function("f", "", _ -> stream(bytes(300_000), -1));
    try (RawClient client = new RawClient(app.address())) {
      for (int i = 0; i < 3; i++) {
        RawClient.Response response = client.get("/api/f").read();
        assertThat(response.all("transfer-encoding")).containsExactly("chunked");
        assertThat(response.body()).hasSize(300_000);
      }
    }
  }

  @Test
  void streamsToAnOldClientUntilTheEndOfTheConnection() throws Exception {
    app.function("f", "", _ -> stream(bytes(300_000), -1));
    try (RawClient client = new RawClient(app.address())) {
      client.send("GET /api/f HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
      RawClient.Response response = client.read();
      assertThat(response.all("transfer-encoding")).isEmpty();
      assertThat(response.all("connection")).containsExactly("close");
      assertThat(response.body()).hasSize(300_000);
    }
  }

  @Test
  void doesNotOpenAStreamForHead() throws Exception {
    RawClient.Response response =
        answerTo(
            "HEAD",
            new Payload.Stream(
                () -> {
                  throw new IOException("opened");
                },
                77));
    assertThat(response.all("content-length")).containsExactly("77");
  }

  @Test
  void sendsEventsWhenTheyHappen() throws Exception {
    LinkedBlockingQueue<String> events = new LinkedBlockingQueue<>();
    app.function(
        "events",
        "",
        _ -> response(200, stream(new Events(events), -1), "Content-Type: text/event-stream"));
    try (RawClient client = new RawClient(app.address())) {
      client.get("/api/events");
      while (!client.line().isEmpty()) {
        // the head
      }
      for (String event : List.of("one", "two", "three")) {
        events.add("data: " + event + "\n\n");
        client.line();
        assertThat(client.line()).isEqualTo("data: " + event);
        client.line();
        client.line();
      }
      events.add("");
      assertThat(client.line()).isEqualTo("0");
    }
  }

  /** One event a read; an empty one is the end. */
  private static final class Events extends InputStream {
    private final LinkedBlockingQueue<String> events;

    Events(LinkedBlockingQueue<String> events) {
      this.events = events;
    }

    @Override
    public int read() {
      throw new UnsupportedOperationException("read in pieces");
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      try {
        byte[] event = events.take().getBytes(StandardCharsets.UTF_8);
        System.arraycopy(event, 0, buffer, offset, event.length);
        return event.length == 0 ? -1 : event.length;
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }
  }
}
