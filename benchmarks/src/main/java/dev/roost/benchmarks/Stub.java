package dev.roost.benchmarks;

import dev.roost.testkit.Azurite;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@link StubStorage} in a process of its own, and what it counts. */
public final class Stub implements Messages {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final long GLANCE_MILLIS = 20;
  private static final int MANY = 1_000_000;

  private final Process process;
  private final int port;

  private Stub(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * What the stub saw since the last {@link #load}.
   *
   * @param deleted messages
   * @param nanos from the first message handed out to the last deleted
   * @param requests of every kind
   */
  public record Figures(long deleted, long nanos, long requests) {}

  /** On these ports, or on a free one. */
  public static Stub start(Path root, int... ports) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-cp",
                root.resolve("benchmarks/target/classes") + File.pathSeparator,
                StubStorage.class.getName()));
    for (int port : ports) {
      command.add(Integer.toString(port));
    }
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    return new Stub(process, Integer.parseInt(process.inputReader().readLine()));
  }

  @Override
  public String connectionString() {
    String address = "http://127.0.0.1:" + port + "/" + Azurite.ACCOUNT;
    return "DefaultEndpointsProtocol=http;AccountName=%s;AccountKey=%s;BlobEndpoint=%s;QueueEndpoint=%s;TableEndpoint=%s;"
        .formatted(Azurite.ACCOUNT, Azurite.KEY, address, address, address);
  }

  @Override
  public void fill() throws IOException, InterruptedException {
    load(MANY);
  }

  @Override
  public void empty() throws IOException, InterruptedException {
    load(0);
  }

  @Override
  public void add(int messages) throws IOException, InterruptedException {
    control("add?messages=" + messages);
  }

  /** Has so many messages from now on, and counts anew. */
  public void load(int messages) throws IOException, InterruptedException {
    control("load?messages=" + messages);
  }

  /** Waits until so many messages are deleted. */
  public Figures awaitDeleted(int messages) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(3);
    Figures figures = figures();
    while (figures.deleted < messages) {
      if (System.nanoTime() > deadline) {
        throw new IOException("only " + figures.deleted + " of " + messages + " were deleted");
      }
      TimeUnit.MILLISECONDS.sleep(GLANCE_MILLIS);
      figures = figures();
    }
    return figures;
  }

  /** What it saw until now. */
  public Figures figures() throws IOException, InterruptedException {
    String[] parts = control("figures").split(" ", -1);
    return new Figures(
        Long.parseLong(parts[0]), Long.parseLong(parts[1]), Long.parseLong(parts[2]));
  }

  private String control(String what) throws IOException, InterruptedException {
    URI address = URI.create("http://127.0.0.1:" + port + "/control/" + what);
    return HTTP.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
