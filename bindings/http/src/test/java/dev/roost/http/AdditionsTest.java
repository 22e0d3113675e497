package dev.roost.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roost.spi.BindingException;
import dev.roost.spi.HttpResponse;
import dev.roost.spi.Payload;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** CORS and compression: what is added to responses when it is asked for. */
final class AdditionsTest {
  private final TestApp app = new TestApp();

  @AfterEach
  void close() {
    app.close();
  }

  private RawClient.Response send(String method, String... headers) throws Exception {
    try (RawClient client = new RawClient(app.address())) {
      client.send(
          method + " /api/f HTTP/1.1\r\nHost: h\r\n" + String.join("\r\n", headers) + "\r\n\r\n");
      return client.read();
    }
  }

  private void listen() throws Exception {
    app.listen();
    app.function("f", "", _ -> new Payload.Text("text"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "CORS_ALLOWED_ORIGINS; [\"https://a.example\"]; https://a.example; https://a.example",
        "CORS_ALLOWED_ORIGINS; [\"https://a.example\"]; https://b.example; ''",
        "CORS_ALLOWED_ORIGINS; [\"https://A.example/\"]; https://a.example; https://a.example",
        "CORS_ALLOWED_ORIGINS; [\"https://a.example\"]; http://a.example; ''",
        "CORS_ALLOWED_ORIGINS; [\"https://a.example\"]; null; ''",
        "CORS_ALLOWED_ORIGINS; [\"*\"]; https://b.example; *",
        "Host__CORS; https://a.example,http://localhost:3000; http://localhost:3000; http://localhost:3000",
        "Host__CORS; *; https://b.example; *",
        "Other; x; https://b.example; ''"
      })
  void tellsWhichOriginMayRead(String setting, String value, String origin, String allowed)
      throws Exception {
    app.host.values.put(setting, value);
    listen();
    RawClient.Response response = send("GET", "Origin: " + origin);
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.first("access-control-allow-origin").orElse("")).isEqualTo(allowed);
    assertThat(response.all("access-control-allow-credentials")).isEmpty();
  }

  @Test
  void answersABrowserThatAsksBeforehand() throws Exception {
    app.host.values.put("CORS_ALLOWED_ORIGINS", "[\"https://a.example\"]");
    app.host.values.put("CORS_SUPPORT_CREDENTIALS", "true");
    listen();
    RawClient.Response allowed =
        send(
            "OPTIONS",
            "Origin: https://a.example",
            "Access-Control-Request-Method: PUT",
            "Access-Control-Request-Headers: x-one, x-two");
    assertThat(allowed.status()).isEqualTo(204);
    assertThat(allowed.all("access-control-allow-origin")).containsExactly("https://a.example");
    assertThat(allowed.all("access-control-allow-methods")).containsExactly("PUT");
    assertThat(allowed.all("access-control-allow-headers")).containsExactly("x-one, x-two");
    assertThat(allowed.all("access-control-allow-credentials")).containsExactly("true");
    assertThat(allowed.all("vary")).containsExactly("Origin");
    RawClient.Response refused =
        send("OPTIONS", "Origin: https://b.example", "Access-Control-Request-Method: PUT");
    assertThat(refused.status()).isEqualTo(204);
    assertThat(refused.all("access-control-allow-origin")).isEmpty();
    assertThat(refused.all("access-control-allow-methods")).isEmpty();
    assertThat(app.deliveries).isEmpty();
    assertThat(send("OPTIONS", "Origin: https://a.example").body()).isEqualTo("text");
  }

  @Test
  void neverLetsCredentialsGoToEverybody() throws Exception {
    app.host.values.put("Host__CORS", "*");
    app.host.values.put("Host__CORSCredentials", "true");
    listen();
    RawClient.Response response = send("GET", "Origin: https://b.example");
    assertThat(response.all("access-control-allow-origin")).containsExactly("*");
    assertThat(response.all("access-control-allow-credentials")).isEmpty();
  }

  @Test
  void routesOptionsWhenThereIsNoCors() throws Exception {
    app.listen();
    assertThat(
            send("OPTIONS", "Origin: https://a.example", "Access-Control-Request-Method: PUT")
                .status())
        .isEqualTo(404);
  }

  @Test
  void saysWhenTheOriginsAreNoList() {
    app.host.values.put("CORS_ALLOWED_ORIGINS", "https://a.example");
    assertThatThrownBy(() -> app.open("f", TestApp.properties()))
        .isInstanceOf(BindingException.class)
        .hasMessage(
            "CORS_ALLOWED_ORIGINS: 'https://a.example' is not a JSON array."
                + " Write it like [\"https://example.com\"].");
  }

  @ParameterizedTest
  @CsvSource({
    "'gzip',             true",
    "'deflate, gzip',    true",
    "'GZIP;q=0.5',       true",
    "'*',                true",
    "'gzip;q=0',         false",
    "'*;q=0',            false",
    "'br',               false",
    "'identity',         false",
    "'gzip;q=0.000, *',  false",
    "'',                 false"
  })
  void readsWhatAClientCanUnpack(String accept, boolean gzip) {
    assertThat(Compression.acceptsGzip(accept)).isEqualTo(gzip);
  }

  @ParameterizedTest
  @CsvSource({
    "long,   text/html,        gzip, gzip, Accept-Encoding",
    "long,   application/json, gzip, gzip, Accept-Encoding",
    "long,   text/html,        br,   '',   Accept-Encoding",
    "long,   image/png,        gzip, '',   ''",
    "short,  text/html,        gzip, '',   ''",
    "stream, text/plain,       gzip, gzip, Accept-Encoding",
    "stream, image/png,        gzip, '',   ''"
  })
  void packsTextForThoseWhoAsk(String kind, String type, String accept, String coding, String vary)
      throws Exception {
    String text = kind.equals("short") ? "short" : "a long text ".repeat(5000);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    Payload body =
        kind.equals("stream")
            ? new Payload.Stream(() -> new ByteArrayInputStream(bytes), bytes.length)
            : new Payload.Text(text);
    app.host.extensions.put("http", TestApp.properties().put("compression", true));
    app.listen();
    app.function(
        "f",
        "",
        _ ->
            new Payload.Native(
                new HttpResponse(
                    200, List.of(new HttpResponse.Header("Content-Type", type)), body)));
    RawClient.Response response = send("GET", "Accept-Encoding: " + accept);
    assertThat(response.first("content-encoding").orElse("")).isEqualTo(coding);
    assertThat(response.first("vary").orElse("")).isEqualTo(vary);
    assertThat(response.first("content-type")).hasValue(type);
    if (coding.isEmpty()) {
      assertThat(response.body()).isEqualTo(text);
    }
  }

  @Test
  void packsSoThatItCanBeUnpacked() throws Exception {
    byte[] bytes = "some text ".repeat(10_000).getBytes(StandardCharsets.UTF_8);
    try (InputStream unpacked =
        new GZIPInputStream(new GzipStream(new ByteArrayInputStream(bytes)))) {
      assertThat(unpacked.readAllBytes()).isEqualTo(bytes);
    }
  }

  @Test
  void packsNothingUnlessTheAppSaysSo() throws Exception {
    app.listen();
    app.function("f", "", _ -> new Payload.Text("long ".repeat(5000)));
    assertThat(send("GET", "Accept-Encoding: gzip").first("content-encoding")).isEmpty();
  }
}
