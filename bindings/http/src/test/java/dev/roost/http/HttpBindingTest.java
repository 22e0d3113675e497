package dev.roost.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.spi.Payload;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class HttpBindingTest {
  private final TestApp app = new TestApp();

  @BeforeEach
  void listen() throws Exception {
    app.listen();
  }

  @AfterEach
  void close() {
    app.close();
  }

  private HttpResponse<String> get(String path) throws Exception {
    return app.client.send(
        HttpRequest.newBuilder(app.uri(path)).build(), HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void answersWithWhatTheFunctionReturns() throws Exception {
    app.function("hello", "", request -> new Payload.Text("Hello " + request.query().get("name")));
    HttpResponse<String> response = get("/api/hello?name=W%C3%B6rld");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("Hello [Wörld]");
    assertThat(response.headers().firstValue("content-type")).hasValue("text/plain; charset=utf-8");
    assertThat(get("/api/other").statusCode()).isEqualTo(404);
    assertThat(get("/").statusCode()).isEqualTo(200);
  }

  @Test
  void hidesWhyAFunctionFailed() throws Exception {
    app.function(
        "broken",
        "",
        _ -> {
          throw new IllegalStateException("secret");
        });
    HttpResponse<String> response = get("/api/broken");
    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(response.body()).isEmpty();
  }
}
