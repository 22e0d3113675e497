package dev.roost.host.keys;

import dev.roost.host.Host;
import dev.roost.host.HostOptions;
import dev.roost.host.app.TestJar;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A host in this JVM with a function of each level, its real server, and keys in files. */
public final class KeyedApp implements AutoCloseable {
  private static final String FUNCTION_JSON =
      """
      {"scriptFile": "../app.jar", "entryPoint": "app.Functions.run", "bindings": [
        {"type": "httpTrigger", "direction": "in", "name": "r", "authLevel": "%s"},
        {"type": "http", "direction": "out", "name": "$return"}]}
      """;

  private final Host host;
  private final InetSocketAddress address;
  private final HttpClient client = HttpClient.newHttpClient();

  private KeyedApp(Host host) throws IOException {
    this.host = host;
    this.address = host.start().orElseThrow();
  }

  /** Starts the host with an app in {@code folder}. */
  public static KeyedApp start(Path folder, Map<String, String> environment) throws IOException {
    return start(folder, environment, "127.0.0.1", false);
  }

  static KeyedApp start(
      Path folder, Map<String, String> environment, String listen, boolean development)
      throws IOException {
    Path app = app(folder);
    return new KeyedApp(
        new Host(
            new HostOptions(
                List.of(app),
                Optional.of(0),
                Optional.of(listen),
                List.of(),
                development,
                environment)));
  }

  private static Path app(Path folder) throws IOException {
    Path app = folder.resolve("app");
    TestJar.functions(
            """
            public String run(@HttpTrigger(name = "r") HttpRequestMessage<String> r) {
              return "ran";
            }
            """)
        .jar(app.resolve("app.jar"));
    if (!Files.exists(app.resolve("host.json"))) {
      Files.writeString(app.resolve("host.json"), "{\"version\": \"2.0\"}");
    }
    for (String level : List.of("anonymous", "function", "admin", "system")) {
      write(app, "f-" + level, level);
    }
    write(app, "other", "function");
    return app;
  }

  private static void write(Path app, String name, String level) throws IOException {
    Files.createDirectories(app.resolve(name));
    Files.writeString(app.resolve(name + "/function.json"), FUNCTION_JSON.formatted(level));
  }

  public Host host() {
    return host;
  }

  public InetSocketAddress address() {
    return address;
  }

  /** A request to the host; {@code path} begins with a slash. */
  public HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + address.getPort() + path));
  }

  public HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** Sends with a key in the header. */
  public HttpResponse<String> send(String method, String path, String key, String body)
      throws IOException, InterruptedException {
    return send(
        request(path)
            .header("x-functions-key", key)
            .method(method, HttpRequest.BodyPublishers.ofString(body)));
  }

  @Override
  public void close() {
    client.close();
    host.stop();
  }
}
