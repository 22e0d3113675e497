package dev.roost.benchmarks.overhead;

import dev.roost.spi.HttpRequest;
import dev.roost.spi.Payload;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** What an event looks like once it is decoded, and what the function takes it as. */
public enum Shape {
  QUEUE_TEXT("queueText", false, "Ada orders three things"),
  QUEUE_OBJECT("queueObject", false, order()),
  HTTP_TEXT("httpText", true, "Ada orders three things"),
  HTTP_OBJECT("httpObject", true, order());

  private static final URI ADDRESS = URI.create("http://localhost/api/orders");

  private final String method;
  private final boolean http;
  private final String body;

  Shape(String method, boolean http, String body) {
    this.method = method;
    this.http = http;
    this.body = body;
  }

  private static String order() {
    return "{\"id\":\"o-1\",\"customer\":\"Ada\",\"lines\":["
        + "{\"sku\":\"sku-1\",\"count\":1,\"price\":9.5},"
        + "{\"sku\":\"sku-2\",\"count\":2,\"price\":9.5},"
        + "{\"sku\":\"sku-3\",\"count\":3,\"price\":9.5}]}";
  }

  /** True for a request whose sender waits for an answer. */
  boolean isHttp() {
    return http;
  }

  /** As the HTTP and the queue binding hand it over. */
  Payload payload() {
    return http
        ? new Payload.Native(
            new HttpRequest(
                "POST",
                ADDRESS,
                Map.of("content-type", List.of("application/json"), "host", List.of("localhost")),
                Map.of(),
                Map.of(),
                new Payload.Bytes(body.getBytes(StandardCharsets.UTF_8))))
        : new Payload.Text(body);
  }

  /** Its function.json. */
  String definition() {
    return "{\"scriptFile\":\"../events.jar\",\"entryPoint\":\"dev.roost.benchmarks.overhead.app.Events."
        + method
        + "\",\"bindings\":[{\"type\":\"benchmarkTrigger\",\"direction\":\"in\",\"name\":\"event\",\"shape\":\""
        + this
        + "\"}"
        + (http ? ",{\"type\":\"benchmark\",\"direction\":\"out\",\"name\":\"$return\"}" : "")
        + "]}";
  }
}
