package dev.roost.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roost.spi.BindingContext;
import dev.roost.spi.BindingDefinition;
import dev.roost.spi.BindingException;
import dev.roost.spi.Delivery;
import dev.roost.spi.Direction;
import dev.roost.spi.HttpEndpoint;
import dev.roost.spi.HttpRequest;
import dev.roost.spi.HttpResponse;
import dev.roost.spi.Outcome;
import dev.roost.spi.Payload;
import dev.roost.spi.Sink;
import dev.roost.spi.Source;
import dev.roost.testkit.TestHost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** A server with functions that answer, as the host would run them: on virtual threads. */
final class TestApp implements AutoCloseable {
  final TestHost host = new TestHost();
  final HttpBinding binding = new HttpBinding();
  final ConcurrentLinkedQueue<Delivery> deliveries = new ConcurrentLinkedQueue<>();
  final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .executor(Executors.newVirtualThreadPerTaskExecutor())
          .build();
  private final List<HttpEndpoint> endpoints = new ArrayList<>();
  private InetSocketAddress address = new InetSocketAddress(0);

  /** What a function of a test says to a request. */
  interface Body extends Function<HttpRequest, Payload> {}

  TestApp endpoint(HttpEndpoint endpoint) {
    endpoints.add(endpoint);
    return this;
  }

  TestApp listen() throws IOException {
    address =
        binding.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), endpoints, host);
    return this;
  }

  /** Opens and starts an anonymous function for every method. */
  Source.Push function(String name, String route, Body body) throws BindingException, IOException {
    ObjectNode properties = properties().put("authLevel", "anonymous").put("route", route);
    return start(name, properties, answering(body));
  }

  Source.Push start(String name, ObjectNode properties, Sink sink)
      throws BindingException, IOException {
    Source.Push source = open(name, properties);
    source.start(sink);
    return source;
  }

  Source.Push open(String name, ObjectNode properties) throws BindingException {
    return (Source.Push) binding.open(context(name, properties));
  }

  BindingContext context(String name, ObjectNode properties) {
    return host.context(
        name, new BindingDefinition("req", "httpTrigger", Direction.IN, properties));
  }

  static ObjectNode properties() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** A sink that runs {@code body} on a virtual thread; what it throws is a failed invocation. */
  Sink answering(Body body) {
    return delivery -> {
      deliveries.add(delivery);
      Thread.startVirtualThread(() -> {
        try {
          delivery.settle(run(delivery, body));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      });
      return true;
    };
  }

  private static Outcome run(Delivery delivery, Body body) {
    try {
      Payload.Native request = (Payload.Native) delivery.payload();
      return new Outcome.Succeeded(body.apply((HttpRequest) request.value()));
    } catch (IllegalStateException e) {
      return new Outcome.Failed(e);
    }
  }

  static Payload text(String text) {
    return new Payload.Native(HttpResponse.text(200, text));
  }

  /** The body of a request as text. */
  static String bodyOf(HttpRequest request) {
    return switch (request.body()) {
      case Payload.Bytes(byte[] bytes) -> new String(bytes, StandardCharsets.UTF_8);
      case Payload.Empty _ -> "";
      default -> throw new IllegalStateException("body " + request.body());
    };
  }

  InetSocketAddress address() {
    return address;
  }

  URI uri(String path) {
    return URI.create("http://localhost:" + address.getPort() + path);
  }

  @Override
  public void close() {
    client.close();
    binding.close();
  }
}
