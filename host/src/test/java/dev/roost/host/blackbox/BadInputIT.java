package dev.roost.host.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.roost.host.app.TestJar;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user sees of a mistake on the command line: lines, exit codes, and what still runs. */
class BadInputIT {
  private static final String FINE =
      """
      @FunctionName("Fine")
      public String fine(
          @HttpTrigger(name = "request", authLevel = AuthorizationLevel.ANONYMOUS)
              HttpRequestMessage<String> request) {
        return "fine";
      }
      """;

  private static final String REASON = "could not receive from queue 'orders': no answer";

  private @TempDir Path folder;
  private AppFolder app;

  @BeforeEach
  void writeAnApp() throws IOException {
    TestJar.functions(
            FINE
                + """
                @FunctionName("Broken")
                void broken(@TimerTrigger(name = "timer", schedule = "soon") String timer) {}
                @FunctionName("Waiting")
                public void waiting(@QueueTrigger(name = "message", queueName = "orders",
                    connection = "AzureWebJobsStorage") String message) {}
                """)
        .jar(folder.resolve("app.jar"));
    app = new AppFolder(folder).file("lib/torn.jar", "PK");
  }

  @Test
  void validateTellsEverythingAtOnce() throws IOException, InterruptedException {
    try (HostProcess validate = HostProcess.command("validate", app.toString()).start()) {
      assertThat(validate.exitCode()).isEqualTo(65);
      assertThat(validate.lines())
          .containsExactly(
              app
                  + "/lib/torn.jar: is not a readable jar (zip END header not found). Build or copy it again.",
              "function 'Broken': app.Functions.broken: the method is not public. Make it public: only those can be called.",
              "function 'Waiting': connection: 'AzureWebJobsStorage' is not set. Set it to a connection string, or set AzureWebJobsStorage__accountName and its neighbours for an identity.",
              "3 functions, 3 problems");
    }
  }

  @Test
  void validateOfAPathThatIsNotThereSaysSo() throws IOException, InterruptedException {
    try (HostProcess validate = HostProcess.command("validate", app + "/gone").start()) {
      assertThat(validate.exitCode()).isEqualTo(65);
      assertThat(validate.lines())
          .containsExactly(
              app
                  + "/gone: does not exist. Give a jar, a folder of jars or classes, or an app's"
                  + " folder.",
              "0 functions, 1 problems");
    }
  }

  @Test
  void whatIsFineRunsBesideWhatIsBroken() throws IOException, InterruptedException {
    try (HostProcess host = start("--port", "0", "--dev").started()) {
      assertThat(host.get("/api/Fine").body()).isEqualTo("fine");
      assertThat(host.lines()).anyMatch(line -> line.contains("FAILED: the method is not public"));
      assertThat(host.terminate()).isZero();
    }
  }

  @Test
  void aStorageThatIsNotReachableDegradesItsListenersAlone()
      throws IOException, InterruptedException {
    int nobody = freePort();
    String storage =
        "DefaultEndpointsProtocol=http;AccountName=mine;AccountKey=YWJj;"
            + "BlobEndpoint=http://127.0.0.1:%1$d/mine;QueueEndpoint=http://127.0.0.1:%1$d/mine"
                .formatted(nobody);
    try (HostProcess host =
        start("--port", "0", "--dev").with("AzureWebJobsStorage", storage).started()) {
      assertThat(host.get("/api/Fine").body()).isEqualTo("fine");
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() ->
              assertThat(host.get("/runtime/health").body())
                  .contains("\"status\": \"degraded\"", "Waiting", REASON));
      assertThat(host.get("/runtime/health").statusCode()).isEqualTo(200);
      assertThat(host.terminate()).isZero();
      assertThat(String.join("\n", host.lines()))
          .contains("The listener of Waiting can't receive and retries by itself: " + REASON)
          .doesNotContain("YWJj");
    }
  }

  @Test
  void aPortThatIsTakenEndsTheStart() throws IOException, InterruptedException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        HostProcess host = start("--port", String.valueOf(taken.getLocalPort()), "--dev").start()) {
      assertThat(host.exitCode()).isEqualTo(69);
      assertThat(host.lines())
          .anyMatch(line ->
              line.matches(
                  ".*: the command line: --port: 127\\.0\\.0\\.1:%d can't be listened on \\(.*Address already in use\\)\\. Give another port, or 0 for any free one, or end the process that listens there\\."
                      .formatted(taken.getLocalPort())));
    }
  }

  @Test
  void anAddressThatDoesNotExistEndsTheStart() throws IOException, InterruptedException {
    try (HostProcess host = start("--port", "0", "--address", "no.such.host.invalid").start()) {
      assertThat(host.exitCode()).isEqualTo(69);
      assertThat(host.lines())
          .anyMatch(line ->
              line.endsWith(
                  "the command line: --address: 'no.such.host.invalid' is not an address of this machine. Give an IP address or a host name that resolves, for example 127.0.0.1."));
    }
  }

  @Test
  void aContainerWithoutAHostIdRunsNoFunctionAndSaysWhy() throws IOException, InterruptedException {
    try (HostProcess host =
        start("--port", "0", "--address", "127.0.0.1")
            .with("ROOST_RUNNING_IN_CONTAINER", "true")
            .with("AzureWebJobsStorage", "UseDevelopmentStorage=true")
            .start()) {
      host.awaitLine(line -> line.contains("AzureFunctionsWebHost__hostid: is not set"));
      HttpResponse<String> health = host.get("/runtime/health");
      assertThat(health.statusCode()).isEqualTo(503);
      assertThat(host.get("/api/Fine").statusCode()).isEqualTo(503);
    }
  }

  private HostProcess.Command start(String... options) {
    String[] args = new String[options.length + 4];
    args[0] = "start";
    args[1] = app.toString();
    args[2] = "--log";
    args[3] = "text";
    System.arraycopy(options, 0, args, 4, options.length);
    return HostProcess.command(args);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
