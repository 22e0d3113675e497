package dev.roost.host.blackbox;

import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The packaged host as a process of its own, started as a user starts it. */
final class HostProcess implements AutoCloseable {
  static {
    org.awaitility.Awaitility.setDefaultTimeout(Duration.ofSeconds(90));
  }

  private static final Pattern STARTED = Pattern.compile("on [0-9a-f.:]+?:(\\d+)");
  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

  private final Process process;
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final Thread reader;

  private HostProcess(Process process) {
    this.process = process;
    this.reader = Thread.ofPlatform().daemon().name("host-output").start(this::read);
  }

  /** The repository's root. */
  static Path root() {
    return Path.of(System.getProperty("roost.root"));
  }

  /** The sample app as azure-functions-maven-plugin packs it. */
  static Path samples() {
    return root().resolve("sample-functions/target/azure-functions/sample-functions");
  }

  /** A Service Bus that a host starts itself, as in the samples' settings, on a port of its own. */
  static String emulatedBus() throws IOException {
    try (ServerSocket free = new ServerSocket(0)) {
      return "Endpoint=sb://localhost:"
          + free.getLocalPort()
          + ";SharedAccessKeyName=RootManageSharedAccessKey;SharedAccessKey=SAS_KEY_VALUE"
          + ";UseDevelopmentEmulator=true;";
    }
  }

  /** A command of the packaged host, not started yet. */
  static Command command(String... args) {
    return new Command(List.of(args));
  }

  /** A host in a container of the image store in that folder, whose {@code podman} this runs. */
  static HostProcess of(List<String> podman, Path folder) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(podman).redirectErrorStream(true);
    builder.environment().put("CONTAINERS_STORAGE_CONF", folder.resolve("storage.conf").toString());
    builder.environment().put("CONTAINERS_CONF", folder.resolve("containers.conf").toString());
    return new HostProcess(builder.start());
  }

  /** What to run, with which environment. */
  static final class Command {
    private final List<String> args;
    private final Map<String, String> environment = new HashMap<>();
    private Path directory = Path.of("").toAbsolutePath();
    private boolean script;

    private Command(List<String> args) {
      this.args = args;
    }

    Command with(String name, String value) {
      environment.put(name, value);
      return this;
    }

    Command in(Path folder) {
      directory = folder;
      return this;
    }

    /** By the distribution's {@code roost} script, which chooses the options of the JVM. */
    Command byScript() {
      script = true;
      return with("ROOST_JAVA_HOME", System.getProperty("java.home"));
    }

    /** Starts it; the caller waits for what it wants. */
    HostProcess start() throws IOException {
      Path jar = root().resolve("host/target/roost/lib/roost-host.jar");
      if (!Files.exists(jar)) {
        throw new IOException(jar + " is missing: run mvn package first");
      }
      String java = System.getProperty("java.home") + "/bin/java";
      List<String> command =
          new ArrayList<>(
              script
                  ? List.of(root().resolve("host/target/roost/roost").toString())
                  : List.of(java, "-Xmx256m", "-jar", jar.toString()));
      command.addAll(args);
      ProcessBuilder builder =
          new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
      builder.environment().remove("AzureWebJobsStorage");
      // No two hosts that run at once may share the port in the samples' settings.
      builder.environment().put("AzureWebJobsServiceBus", emulatedBus());
      builder.environment().putAll(environment);
      return new HostProcess(builder.start());
    }

    /** Starts {@code start} and waits until the host says that it runs. */
    HostProcess started() throws IOException {
      HostProcess host = start();
      host.awaitLine(line -> line.contains("Host started"));
      return host;
    }
  }

  private void read() {
    try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
      reader.lines().forEach(lines::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (UncheckedIOException e) {
      // The stream of a killed process ends anyhow.
      lines.add("(output ended: " + e.getMessage() + ")");
    }
  }

  /** The first line that fits; fails with everything printed when none comes. */
  String awaitLine(Predicate<String> wanted) {
    await()
        .atMost(Duration.ofSeconds(90))
        .failFast("the host ended:\n" + String.join("\n", lines), () -> ended() && none(wanted))
        .untilAsserted(() -> {
          if (none(wanted)) {
            throw new AssertionError("no such line in:\n" + String.join("\n", lines));
          }
        });
    return lines.stream().filter(wanted).findFirst().orElseThrow();
  }

  private boolean ended() {
    return !process.isAlive() && !reader.isAlive();
  }

  private boolean none(Predicate<String> wanted) {
    return lines.stream().noneMatch(wanted);
  }

  /** Everything printed so far. */
  List<String> lines() {
    return List.copyOf(lines);
  }

  /** The port of its HTTP server. */
  int port() {
    String line = awaitLine(text -> text.contains("Host started") || text.contains("in error"));
    Matcher matcher = STARTED.matcher(line);
    if (!matcher.find()) {
      throw new AssertionError("no port in: " + line);
    }
    return Integer.parseInt(matcher.group(1));
  }

  /** A request to the host. */
  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
        .timeout(Duration.ofSeconds(60));
  }

  /** The answer to a GET. */
  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(request(path).GET());
  }

  /** The answer to a POST. */
  HttpResponse<String> post(String path, String contentType, String body)
      throws IOException, InterruptedException {
    return send(
        request(path)
            .header("Content-Type", contentType)
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  static HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** SIGTERM, and the exit code. */
  int terminate() throws InterruptedException {
    process.toHandle().destroy();
    return exitCode();
  }

  /** The exit code of a command that ends by itself. */
  int exitCode() throws InterruptedException {
    if (!process.waitFor(90, TimeUnit.SECONDS)) {
      throw new AssertionError("the host did not end:\n" + String.join("\n", lines));
    }
    reader.join();
    return process.exitValue();
  }

  /** SIGKILL; everything it printed before is read when this returns. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
    reader.join();
  }

  /** Sends another signal, such as {@code STOP} or {@code CONT}. */
  void signal(String name) throws IOException, InterruptedException {
    int code =
        new ProcessBuilder("kill", "-" + name, Long.toString(pid())).inheritIO().start().waitFor();
    if (code != 0) {
      throw new IOException("kill -" + name + " " + pid() + " ended with " + code);
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  long pid() {
    return process.pid();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
