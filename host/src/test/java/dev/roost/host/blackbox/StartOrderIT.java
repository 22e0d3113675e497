package dev.roost.host.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.roost.host.app.TestJar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HTTP waits for no storage, and what no function needs is not even loaded. */
class StartOrderIT {
  private static final String HTTP =
      """
      @FunctionName("Open")
      public String open(@HttpTrigger(name = "r", authLevel = AuthorizationLevel.ANONYMOUS)
          HttpRequestMessage<String> r) { return "open"; }
      @FunctionName("Locked")
      public String locked(@HttpTrigger(name = "r", authLevel = AuthorizationLevel.FUNCTION)
          HttpRequestMessage<String> r) { return "locked"; }
      """;

  private static final String QUEUE =
      """
      @FunctionName("Work")
      public void work(@QueueTrigger(name = "m", queueName = "work",
          connection = "AzureWebJobsStorage") String m) { }
      """;

  @TempDir private Path folder;

  /** A storage account that takes every connection and never answers. */
  private static final class Silent implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Queue<Socket> taken = new ConcurrentLinkedQueue<>();

    Silent() throws IOException {
      Thread.ofPlatform().daemon().name("silent-storage").start(this::accept);
    }

    private void accept() {
      try {
        while (true) {
          taken.add(server.accept());
        }
      } catch (IOException _) {
        // closed: the test is over
      }
    }

    private String connectionString() {
      String base = "http://127.0.0.1:" + server.getLocalPort() + "/a";
      return "DefaultEndpointsProtocol=http;AccountName=a;AccountKey=a2V5;BlobEndpoint="
          + base
          + ";QueueEndpoint="
          + base
          + ";TableEndpoint="
          + base
          + ";";
    }

    private int connections() {
      return taken.size();
    }

    @Override
    public void close() throws IOException {
      server.close();
      for (Socket socket : taken) {
        socket.close();
      }
    }
  }

  /**
   * No storage call of this host can end but by its own time limit. The port is known beforehand,
   * so that the first answer can be had before the host says that it has started.
   */
  @Test
  void httpAnswersWhileTheStorageIsSilent() throws Exception {
    Path jar = TestJar.functions(HTTP + QUEUE).jar(folder.resolve("silent.jar"));
    int port = freePort();
    try (Silent storage = new Silent();
        HostProcess host =
            HostProcess.command(
                    "start", jar.toString(), "--port", Integer.toString(port), "--log", "text")
                .with("AzureWebJobsStorage", storage.connectionString())
                .with("AzureFunctionsWebHost__hostid", "startorderit")
                .start()) {
      long began = System.nanoTime();
      await().pollInterval(Duration.ofMillis(20)).until(() -> answers(port, "/admin/host/ping"));
      long pinged = System.nanoTime();
      assertThat(host.lines()).as("so early").noneMatch(line -> line.contains("Host started"));
      await().pollInterval(Duration.ofMillis(20)).until(() -> answers(port, "/api/Open"));
      long answered = System.nanoTime();
      assertThat(storage.connections()).as("calls that hang").isPositive();
      assertThat(host.get("/api/Open").body()).isEqualTo("open");
      System.out.printf(
          "silent storage: ping after %d ms, a function's 200 after %d ms%n",
          (pinged - began) / 1_000_000, (answered - began) / 1_000_000);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0)) {
      return free.getLocalPort();
    }
  }

  private static boolean answers(int port, String path) throws InterruptedException {
    try {
      return HostProcess.send(
                  HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                      .timeout(Duration.ofSeconds(60)))
              .statusCode()
          == 200;
    } catch (IOException _) {
      return false; // it does not listen yet
    }
  }

  @Test
  void anHttpAppLoadsNothingOfTheAzureSdk() throws IOException, InterruptedException {
    List<String> before;
    Path log = folder.resolve("loaded");
    Path keys = Files.createDirectories(folder.resolve("keys"));
    Files.writeString(
        keys.resolve("host.json"),
        """
        {"masterKey": {"name": "master", "value": "m", "encrypted": false},
         "functionKeys": [{"name": "default", "value": "k", "encrypted": false}],
         "systemKeys": []}
        """);
    Path jar = TestJar.functions(HTTP).jar(folder.resolve("http.jar"));
    try (HostProcess host =
        HostProcess.command("start", jar.toString(), "--port", "0", "--log", "text")
            .with("AzureWebJobsStorage", "")
            .with("AzureWebJobsSecretStorageType", "files")
            .with("FUNCTIONS_SECRETS_PATH", keys.toString())
            .with("JAVA_TOOL_OPTIONS", "-Xlog:class+load:file=" + log)
            .started()) {
      before = sdk(log);
      assertThat(host.get("/api/Open").body()).isEqualTo("open");
      assertThat(host.get("/api/Locked").statusCode()).isEqualTo(401);
      assertThat(host.get("/api/Locked?code=k").body()).isEqualTo("locked");
      assertThat(host.terminate()).isZero();
    }
    assertThat(before).as("loaded at start").isEmpty();
    assertThat(sdk(log)).as("loaded with requests and the stop").isEmpty();
    assertThat(Files.readString(log)).as("is a log of classes").contains("dev.roost.host.Host ");
  }

  /** Each of these took a tenth of a start or more, and would come back unseen. */
  @Test
  void aFirstAnswerMakesNoMapperAndLinksNoNativeCode() throws IOException, InterruptedException {
    Path log = folder.resolve("initialised");
    Path jar = TestJar.functions(HTTP).jar(folder.resolve("http.jar"));
    List<String> lines;
    try (HostProcess host =
        HostProcess.command("start", jar.toString(), "--port", "0", "--log", "text")
            .with("AzureWebJobsStorage", "")
            .with("JAVA_TOOL_OPTIONS", "-Xlog:class+init=info:file=" + log)
            .started()) {
      assertThat(host.get("/api/Open").body()).isEqualTo("open");
      lines = List.copyOf(host.lines());
    }
    String initialised = Files.readString(log);
    assertThat(initialised)
        .contains("'dev/roost/host/Host'", "'io/netty/util/internal/PlatformDependent'")
        .doesNotContain("'com/fasterxml/jackson/databind/ObjectMapper'")
        .doesNotContain("'jdk/internal/foreign/abi/DowncallStub")
        .doesNotContain("'jdk/jfr/internal/EventControl'");
    assertThat(lines).as("native access is allowed").noneMatch(line -> line.contains("restricted"));
  }

  /** The same look sees them where a function needs them. */
  @Test
  void aQueueFunctionLoadsThem() throws IOException, InterruptedException {
    Path log = folder.resolve("loaded");
    Path jar = TestJar.functions(HTTP + QUEUE).jar(folder.resolve("queue.jar"));
    try (Silent storage = new Silent();
        HostProcess host =
            HostProcess.command("start", jar.toString(), "--port", "0", "--log", "text")
                .with("AzureWebJobsStorage", storage.connectionString())
                .with("AzureFunctionsWebHost__hostid", "startorderit")
                .with("JAVA_TOOL_OPTIONS", "-Xlog:class+load:file=" + log)
                .start()) {
      await().until(() -> storage.connections() > 0);
      host.kill();
    }
    assertThat(sdk(log)).anyMatch(line -> line.contains(" com.azure.storage.queue."));
  }

  private static List<String> sdk(Path log) {
    try (Stream<String> lines = Files.lines(log)) {
      return lines
          .filter(line ->
              line.contains(" com.azure.")
                  || line.contains(" reactor.")
                  || line.contains(" org.apache.qpid.")
                  || line.contains(" com.microsoft.aad."))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
