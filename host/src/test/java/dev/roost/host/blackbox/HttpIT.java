package dev.roost.host.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.roost.host.app.TestJar;
import dev.roost.testkit.Azurite;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The packaged host's HTTP side over real sockets: answers that take their time, and metrics. */
class HttpIT {
  /** Those of docs/metrics.md that this app has reason for. */
  private static final List<String> METRICS =
      List.of(
          "roost_invocations_total{function=\"Work\",outcome=\"succeeded\"}",
          "roost_invocations_total{function=\"Work\",outcome=\"failed\"}",
          "roost_invocation_duration_seconds_count{function=\"Work\"}",
          "roost_invocation_wait_seconds_count{function=\"Work\"}",
          "roost_invocation_completion_seconds_count{function=\"Work\"}",
          "roost_invocations_in_flight{function=\"Work\"}",
          "roost_concurrency_limit{listener=\"Work\"}",
          "roost_concurrency_used{listener=\"Work\"}",
          "roost_backlog_events{functions=\"Work\",kind=\"waiting\",place=\"work\"}",
          "roost_backlog_age_seconds{functions=\"Work\",kind=\"waiting\",place=\"work\"}",
          "roost_backlog_events{functions=\"Work\",kind=\"poison\",place=\"work-poison\"}",
          "roost_backlog_age_seconds{functions=\"Work\",kind=\"poison\",place=\"work-poison\"}",
          "roost_timer_lateness_seconds_count{function=\"Tick\"}",
          "roost_timer_late_total{function=\"Tick\"}",
          "roost_timer_skipped_total{function=\"Tick\"}",
          "roost_timer_missed_total{function=\"Tick\"}",
          "roost_lease_held",
          "roost_storage_calls_total",
          "roost_storage_failures_total",
          "jvm_memory_used_bytes",
          "process_cpu_usage",
          "system_cpu_count");

  @TempDir private static Path folder;
  private static Path jar;
  private static Azurite azurite;
  private static HostProcess host;

  @BeforeAll
  static void start() throws IOException {
    jar =
        new TestJar()
            .type(
                "app.Functions",
                """
                public class Functions {
                  static final java.util.concurrent.CountDownLatch go =
                      new java.util.concurrent.CountDownLatch(1);
                  static volatile String ended = "running";
                  @FunctionName("Stream")
                  public HttpResponseMessage stream(@HttpTrigger(name = "r",
                      authLevel = AuthorizationLevel.ANONYMOUS) HttpRequestMessage<String> r) {
                    java.util.concurrent.SubmissionPublisher<String> items =
                        new java.util.concurrent.SubmissionPublisher<>();
                    Thread.ofVirtual().start(() -> {
                      try {
                        while (!items.hasSubscribers()) { Thread.sleep(1); }
                        items.submit("data: first\\n\\n");
                        go.await();
                        items.submit("data: second\\n\\n");
                        items.close();
                      } catch (InterruptedException e) { items.closeExceptionally(e); }
                    });
                    return r.createResponseBuilder(HttpStatus.OK)
                        .header("Content-Type", "text/event-stream").body(items).build();
                  }
                  @FunctionName("Go")
                  public String go(@HttpTrigger(name = "r",
                      authLevel = AuthorizationLevel.ANONYMOUS) String r) {
                    go.countDown(); return "gone"; }
                  @FunctionName("Hold")
                  public String hold(@HttpTrigger(name = "r",
                      authLevel = AuthorizationLevel.ANONYMOUS) String r) throws Exception {
                    try { Thread.sleep(600_000); return "never"; }
                    catch (InterruptedException e) { ended = "interrupted"; throw e; } }
                  @FunctionName("Ended")
                  public String ended(@HttpTrigger(name = "r",
                      authLevel = AuthorizationLevel.ANONYMOUS) String r) { return ended; }
                  @FunctionName("Work")
                  public void work(@QueueTrigger(name = "m", queueName = "work",
                      connection = "AzureWebJobsStorage") String m) {
                    if (m.equals("bad")) { throw new IllegalArgumentException("bad"); } }
                  @FunctionName("Tick")
                  public void tick(@TimerTrigger(name = "t", schedule = "* * * * * *") String t) {}
                }
                """)
            .jar(folder.resolve("http.jar"));
    azurite = Azurite.launch();
    Storage storage = new Storage(azurite.connectionString());
    storage.queue("work").sendMessage("good");
    storage.queue("work").sendMessage("bad");
    host =
        HostProcess.command("start", jar.toString(), "--port", "0")
            .with("AzureWebJobsStorage", azurite.connectionString())
            .with("AzureFunctionsWebHost__hostid", "httpit")
            .with("AzureFunctionsJobHost__roost__functions__Hold__interruptOnDisconnect", "true")
            .with("ROOST_KEYS__host__master", "m")
            .started();
  }

  @AfterAll
  static void stop() {
    host.close();
    azurite.close();
  }

  private static Socket ask(String path) throws IOException {
    Socket client = new Socket(InetAddress.getLoopbackAddress(), host.port());
    client.setSoTimeout((int) Duration.ofSeconds(60).toMillis());
    OutputStream out = client.getOutputStream();
    out.write(("GET " + path + " HTTP/1.1\r\nHost: h\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
    return client;
  }

  @Test
  void sendsWhatAPublisherPublishesWhenItDoesAndServesOthersMeanwhile() throws Exception {
    try (Socket client = ask("/api/Stream");
        BufferedReader answer =
            new BufferedReader(
                new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8))) {
      while (!answer.readLine().equals("data: first")) {
        // the head of the answer
      }
      assertThat(host.get("/api/Go").body()).isEqualTo("gone");

      List<String> rest = answer.lines().takeWhile(line -> !line.equals("0")).toList();
      assertThat(rest).contains("data: second");
    }
  }

  @Test
  void interruptsAFunctionWhoseClientIsGoneWhenItsSettingsSaySo() throws Exception {
    ask("/api/Hold").close();

    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> host.get("/api/Ended").body().equals("interrupted"));
  }

  @ParameterizedTest
  @CsvSource({"false, epoll", "true, the selector of the JDK"})
  @EnabledOnOs(OS.LINUX)
  void usesEpollWhereItLoadsAndTheSelectorElse(boolean without, String means) throws Exception {
    try (HostProcess other =
        HostProcess.command("start", jar.toString(), "--port", "0", "--functions", "Ended")
            .with("AzureWebJobsStorage", azurite.connectionString())
            .with("AzureFunctionsWebHost__hostid", "httpit2")
            .with("AzureFunctionsJobHost__logging__logLevel__Host.Http", "Debug")
            .with("JAVA_TOOL_OPTIONS", "-Dio.netty.transport.noNative=" + without)
            .started()) {
      assertThat(other.get("/api/Ended").body()).isEqualTo("running");
      other.awaitLine(line -> line.contains("Sockets are waited for with " + means));
      assertThat(other.terminate()).isZero();
    }
  }

  @Test
  void showsEveryMetricThatItsDocumentationNames() {
    await()
        .untilAsserted(() -> {
          HttpResponse<String> scrape =
              HostProcess.send(host.request("/metrics").header("x-functions-key", "m"));
          assertThat(scrape.statusCode()).isEqualTo(200);
          Set<String> lines = scrape.body().lines().collect(Collectors.toSet());
          assertThat(METRICS)
              .allSatisfy(metric -> assertThat(lines).anyMatch(line -> line.startsWith(metric)));
        });
  }
}
