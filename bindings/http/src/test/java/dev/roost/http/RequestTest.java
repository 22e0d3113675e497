package dev.roost.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.spi.BindingData;
import dev.roost.spi.HttpRequest;
import dev.roost.spi.Payload;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What of a request reaches the function. */
final class RequestTest {
  private final TestApp app = new TestApp();

  @BeforeEach
  void listen() throws Exception {
    app.host.values.put("FUNCTIONS_REQUEST_BODY_SIZE_LIMIT", "200000");
    app.function("echo", "echo/{id?}", request -> TestApp.text(TestApp.bodyOf(request)));
    app.listen();
  }

  @AfterEach
  void close() {
    app.close();
  }

  private RawClient.Response exchange(String request) throws Exception {
    try (RawClient client = new RawClient(app.address())) {
      return client.send(request).read(request.startsWith("HEAD"));
    }
  }

  private HttpRequest received(String request) throws Exception {
    assertThat(exchange(request).status()).isEqualTo(200);
    return (HttpRequest) ((Payload.Native) app.deliveries.remove().payload()).value();
  }

  @Test
  void keepsRepeatedHeadersAndNamesThemInLowerCase() throws Exception {
    HttpRequest request =
        received(
            "GET /api/echo HTTP/1.1\r\nHost: app.example\r\nX-One: a\r\nx-one: b\r\nEmpty:\r\n\r\n");
    assertThat(request.headers())
        .isEqualTo(
            Map.of(
                "host", List.of("app.example"), "x-one", List.of("a", "b"), "empty", List.of("")));
    assertThat(request.body()).isEqualTo(Payload.EMPTY);
  }

  @Test
  void keepsRepeatedAndEmptyQueryValues() throws Exception {
    HttpRequest request =
        received("GET /api/echo?a=1&b=&a=%C3%A9+x&c&&=n&d=1%262 HTTP/1.1\r\nHost: h\r\n\r\n");
    assertThat(request.query())
        .containsExactly(
            Map.entry("a", List.of("1", "é x")),
            Map.entry("b", List.of("")),
            Map.entry("c", List.of("")),
            Map.entry("", List.of("n")),
            Map.entry("d", List.of("1&2")));
    assertThat(request.uri().getRawQuery()).isEqualTo("a=1&b=&a=%C3%A9+x&c&&=n&d=1%262");
  }

  @ParameterizedTest
  @CsvSource({
    "/api/echo?x=a|b,                      http://h/api/echo?x=a%7Cb",
    "'/api/echo?x={\"a\":[1]}',             http://h/api/echo?x=%7B%22a%22:%5B1%5D%7D",
    "/api/echo/a%2Fb,                      http://h/api/echo/a%2Fb",
    "http://other:81/api/echo?q,           http://other:81/api/echo?q",
    "HTTPS://other/api/echo,               http://other/api/echo"
  })
  void givesAnAbsoluteUriWithTheRawQuery(String target, String uri) throws Exception {
    assertThat(received("GET " + target + " HTTP/1.1\r\nHost: h\r\n\r\n").uri()).hasToString(uri);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PURGE", "HEAD"})
  void passesEveryMethod(String method) throws Exception {
    HttpRequest request = received(method + " /api/echo HTTP/1.1\r\nHost: h\r\n\r\n");
    assertThat(request.method()).isEqualTo(method);
  }

  @Test
  void takesABodyOfDeclaredLength() throws Exception {
    assertThat(
            exchange("POST /api/echo HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhello").body())
        .isEqualTo("hello");
  }

  @Test
  void takesABodyInChunksWithTrailers() throws Exception {
    assertThat(
            exchange(
                    "POST /api/echo HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + "3\r\nabc\r\n2;ext=1\r\nde\r\n0\r\nX-Sum: 1\r\n\r\n")
                .body())
        .isEqualTo("abcde");
  }

  @Test
  void takesABodyWithGetAndDelete() throws Exception {
    for (String method : List.of("GET", "DELETE")) {
      assertThat(
              exchange(method + " /api/echo HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nhi")
                  .body())
          .isEqualTo("hi");
    }
  }

  @Test
  void takesABodyThatArrivesByteByByte() throws Exception {
    String body = "x".repeat(300);
    try (RawClient client = new RawClient(app.address())) {
      client.send("POST /api/echo HTTP/1.1\r\nHost: h\r\nContent-Length: 300\r\n\r\n");
      for (char c : body.toCharArray()) {
        client.send(String.valueOf(c));
      }
      assertThat(client.read().body()).isEqualTo(body);
    }
  }

  @Test
  void asksForABodyThatWaitsForPermission() throws Exception {
    try (RawClient client = new RawClient(app.address())) {
      client.send(
          "POST /api/echo HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n");
      assertThat(client.line()).isEqualTo("HTTP/1.1 100 Continue");
      assertThat(client.line()).isEmpty();
      assertThat(client.send("body").read().body()).isEqualTo("body");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Expect: 100-continue|Content-Length: 200001, 413",
    "Expect: a-miracle|Content-Length: 1,         417",
    "Content-Length: 200001,                      413",
    "Content-Length: 999999999999999,             413"
  })
  void refusesABodyBeforeItIsSent(String headers, int status) throws Exception {
    try (RawClient client = new RawClient(app.address())) {
      client.send(
          "POST /api/echo HTTP/1.1\r\nHost: h\r\n" + headers.replace("|", "\r\n") + "\r\n\r\n");
      assertThat(client.read().status()).isEqualTo(status);
      assertThat(client.isClosedByServer()).isTrue();
    }
    assertThat(app.deliveries).isEmpty();
  }

  @Test
  void takesABodyOfExactlyTheLimit() throws Exception {
    String body = "y".repeat(200_000);
    assertThat(
            exchange("POST /api/echo HTTP/1.1\r\nHost: h\r\nContent-Length: 200000\r\n\r\n" + body)
                .body())
        .isEqualTo(body);
  }

  @Test
  void refusesChunksThatGrowBeyondTheLimit() throws Exception {
    String chunk = "c350\r\n" + "z".repeat(50_000) + "\r\n";
    RawClient.Response response =
        exchange(
            "POST /api/echo HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
                + chunk.repeat(5));
    assertThat(response.status()).isEqualTo(413);
    assertThat(response.first("connection")).hasValue("close");
  }

  @Test
  void unpacksTextThatCameInGzip() throws Exception {
    String packed = gzip("{\"name\":\"Ann\"}");
    assertThat(
            exchange(
                    "POST /api/echo HTTP/1.1\r\nHost: h\r\nContent-Encoding: gzip\r\nContent-Length: "
                        + packed.length()
                        + "\r\n\r\n"
                        + packed)
                .body())
        .isEqualTo("{\"name\":\"Ann\"}");
    HttpRequest request =
        (HttpRequest) ((Payload.Native) app.deliveries.remove().payload()).value();
    assertThat(request.headers()).doesNotContainKeys("content-encoding", "content-length");
  }

  @Test
  void leavesPackedBytesPacked() throws Exception {
    String packed = gzip("bytes");
    HttpRequest request =
        received(
            "POST /api/echo HTTP/1.1\r\nHost: h\r\nContent-Type: application/octet-stream\r\n"
                + "Content-Encoding: gzip\r\nContent-Length: "
                + packed.length()
                + "\r\n\r\n"
                + packed);
    assertThat(((Payload.Bytes) request.body()).value())
        .isEqualTo(packed.getBytes(StandardCharsets.ISO_8859_1));
  }

  @ParameterizedTest
  @CsvSource({"bomb, 413", "junk, 400", "cut, 400"})
  void refusesGzipThatIsTooMuchOrBroken(String kind, int status) throws Exception {
    String packed =
        switch (kind) {
          case "bomb" -> gzip("0".repeat(10_000_000));
          case "cut" -> gzip("a text that is cut").substring(0, 20);
          default -> "no gzip at all";
        };
    assertThat(
            exchange(
                    "POST /api/echo HTTP/1.1\r\nHost: h\r\nContent-Encoding: gzip\r\nContent-Length: "
                        + packed.length()
                        + "\r\n\r\n"
                        + packed)
                .status())
        .isEqualTo(status);
  }

  private static String gzip(String text) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toString(StandardCharsets.ISO_8859_1);
  }

  @Test
  void givesBindingDataFromBodyQueryRouteAndHeaders() throws Exception {
    String body = "{\"id\":1,\"q\":2,\"only\":{\"x\":1},\"list\":[1],\"none\":null}";
    exchange(
        "POST /api/echo/r?q=7&q=8&code=secret HTTP/1.1\r\nHost: h\r\nA: 1\r\nA: 2\r\n"
            + "Content-Length: "
            + body.length()
            + "\r\n\r\n"
            + body);
    BindingData data = app.deliveries.remove().data();
    assertThat(data.exactly("id")).hasValue(new Payload.Text("r"));
    assertThat(data.exactly("q")).hasValue(new Payload.Text("7,8"));
    assertThat(data.exactly("only").orElseThrow()).hasToString("Json[value={\"x\":1}]");
    assertThat(data.exactly("Headers").orElseThrow().toString()).contains("\"a\":\"1,2\"");
    assertThat(data.exactly("Query").orElseThrow().toString()).contains("\"q\":\"7,8\"");
    assertThat(data.values()).doesNotContainKeys("list", "none", "code");
  }

  @Test
  void passesOnTheTraceOfItsSender() throws Exception {
    exchange("GET /api/echo HTTP/1.1\r\nHost: h\r\ntraceparent: 00-a-b-01\r\n\r\n");
    assertThat(app.deliveries.remove().traceParent()).hasValue("00-a-b-01");
  }
}
