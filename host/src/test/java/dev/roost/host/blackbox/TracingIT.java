package dev.roost.host.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.roost.emulator.ServiceBusEmulator;
import dev.roost.host.app.TestJar;
import dev.roost.testkit.Azurite;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One work item on its way HTTP, queue, blob and Service Bus, followed by what is logged and
 * exported alone.
 */
class TracingIT {
  private static final String APP =
      """
      @FunctionName("Accept")
      @QueueOutput(name = "$return", queueName = "work", connection = "AzureWebJobsStorage")
      public String accept(
          @HttpTrigger(name = "request", route = "accept/{id}",
              authLevel = AuthorizationLevel.ANONYMOUS) String request,
          @BindingName("id") String id, ExecutionContext context) {
        context.getLogger().info("sees " + context.getTraceContext().getTraceparent());
        return id;
      }

      @FunctionName("Work")
      @BlobOutput(name = "$return", path = "done/{queueTrigger}.txt",
          connection = "AzureWebJobsStorage")
      public String work(
          @QueueTrigger(name = "id", queueName = "work", connection = "AzureWebJobsStorage")
              String id,
          @ServiceBusQueueOutput(name = "parcel", queueName = "parcels", connection = "Bus")
              OutputBinding<String> parcel) {
        parcel.setValue(id);
        return "done";
      }

      @FunctionName("Ship")
      public void ship(
          @ServiceBusQueueTrigger(name = "parcel", queueName = "parcels", connection = "Bus")
              String parcel) {}

      @FunctionName("Done")
      public void done(
          @BlobTrigger(name = "text", path = "done/{name}.txt",
              connection = "AzureWebJobsStorage") String text,
          @BindingName("name") String name) {
        throw new IllegalStateException("nobody wants " + name);
      }
      """;

  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String CALLER = "b7ad6b7169203331";
  private static final Duration LONG = Duration.ofSeconds(90);

  private static @TempDir Path folder;
  private static Azurite azurite;
  private static ServiceBusEmulator bus;
  private static Path app;

  @BeforeAll
  static void start() throws IOException {
    azurite = Azurite.launch();
    bus = ServiceBusEmulator.builder().queue("parcels").start();
    app = TestJar.functions(APP).jar(folder.resolve("app.jar"));
  }

  @AfterAll
  static void stop() throws IOException {
    azurite.close();
    bus.close();
  }

  private static HostProcess.Command command() {
    return HostProcess.command("start", app.toString(), "--port", "0", "--log", "text")
        .with("AzureWebJobsStorage", azurite.connectionString())
        .with("Bus", bus.connectionString())
        .with("AzureFunctionsWebHost__hostid", "traced");
  }

  private static HttpRequest.Builder accept(HostProcess host, String id) {
    return host.request("/api/accept/" + id)
        .header("traceparent", "00-" + TRACE + "-" + CALLER + "-01")
        .header("tracestate", "vendor=1")
        .POST(HttpRequest.BodyPublishers.noBody());
  }

  @Test
  void aWorkItemIsFollowedByLogsAndSpans() throws IOException, InterruptedException {
    try (SpanReceiver receiver = new SpanReceiver();
        HostProcess host =
            command()
                .with("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.endpoint())
                .with("OTEL_SERVICE_NAME", "orders")
                .with("OTEL_BSP_SCHEDULE_DELAY", "200")
                .started()) {
      assertThat(HostProcess.send(accept(host, "17")).statusCode()).isEqualTo(204);
      // By name of the blob: failed ones of the other tests come again while this one runs.
      await().atMost(LONG).until(() -> done(receiver).isPresent());

      SpanReceiver.Span accept = receiver.named("Accept").orElseThrow();
      assertThat(accept.traceId()).isEqualTo(TRACE);
      assertThat(accept.parent()).isEqualTo(CALLER);
      assertThat(accept.kind()).as("server").isEqualTo(2);
      assertThat(accept.attributes())
          .containsEntry("faas.trigger", "http")
          .containsEntry("http.request.method", "POST")
          .containsEntry("http.route", "/api/accept/{id}")
          .containsEntry("url.path", "/api/accept/17");
      host.awaitLine(line -> line.contains("sees 00-" + TRACE + "-" + accept.spanId() + "-01"));

      // From the first span to the second: by invocation id and message id.
      String sent =
          host.awaitLine(line ->
              line.contains("[Accept " + accept.attributes().get("faas.invocation_id") + "]")
                  && line.contains("Added message "));
      String message = found("Added message (\\S+) to queue 'work'", sent);
      String received =
          host.awaitLine(line -> line.contains("Trigger Details: MessageId: " + message));
      SpanReceiver.Span work =
          receiver.spans().stream()
              .filter(span -> message.equals(span.attributes().get("messaging.message.id")))
              .findFirst()
              .orElseThrow();
      assertThat(received).contains("[Work " + work.attributes().get("faas.invocation_id") + "]");
      assertThat(work.name()).isEqualTo("Work");
      assertThat(work.parent()).isEmpty();
      assertThat(work.kind()).as("consumer").isEqualTo(5);
      assertThat(work.attributes())
          .containsEntry("faas.trigger", "pubsub")
          .containsEntry("messaging.destination.name", "work");

      // From the second to the third: one trace, through the blob's metadata.
      SpanReceiver.Span done = done(receiver).orElseThrow();
      assertThat(done.traceId()).isEqualTo(work.traceId());
      assertThat(done.parent()).isEqualTo(work.spanId());
      assertThat(done.attributes())
          .containsEntry("faas.trigger", "datasource")
          .containsEntry("faas.document.name", "17.txt")
          .containsEntry("error.type", "java.lang.IllegalStateException");
      assertThat(List.of(accept.status(), work.status(), done.status()))
          .as("the last one failed")
          .containsExactly(0, 0, 2);

      // And by Service Bus, through the message's application properties. Parcels of the other
      // tests may be shipped by this host too.
      await().atMost(LONG).until(() -> shipped(receiver, work.traceId()).isPresent());
      SpanReceiver.Span ship = shipped(receiver, work.traceId()).orElseThrow();
      assertThat(ship.parent()).isEqualTo(work.spanId());
      assertThat(ship.status()).isZero();
      assertThat(ship.attributes()).containsEntry("messaging.destination.name", "parcels");
    }
  }

  private static Optional<SpanReceiver.Span> shipped(SpanReceiver receiver, String trace) {
    return receiver.spans().stream()
        .filter(span -> span.name().equals("Ship") && span.traceId().equals(trace))
        .findFirst();
  }

  private static Optional<SpanReceiver.Span> done(SpanReceiver receiver) {
    return receiver.spans().stream()
        .filter(span -> "17.txt".equals(span.attributes().get("faas.document.name")))
        .findFirst();
  }

  @Test
  void withoutAnExporterTheSendersTraceIsPassedOnAsItCame()
      throws IOException, InterruptedException {
    try (HostProcess host = command().started()) {
      assertThat(HostProcess.send(accept(host, "18")).statusCode()).isEqualTo(204);
      host.awaitLine(line -> line.contains("sees 00-" + TRACE + "-" + CALLER + "-01"));
      assertThat(host.lines()).noneMatch(line -> line.contains("OTEL_"));
    }
  }

  @Test
  void settingsThatCanNotBeUsedAreToldAndTheHostRuns() throws IOException, InterruptedException {
    try (HostProcess host = command().with("OTEL_TRACES_EXPORTER", "zipkin").started()) {
      host.awaitLine(line ->
          line.contains("No spans are exported: the OTEL_ settings can't be used: ")
              && line.contains("zipkin"));
      assertThat(HostProcess.send(accept(host, "19")).statusCode()).isEqualTo(204);
    }
  }

  @Test
  void aCollectorThatIsNotThereHoldsNobodyUp() throws IOException, InterruptedException {
    try (HostProcess host =
        command().with("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9").started()) {
      assertThat(HostProcess.send(accept(host, "20")).statusCode()).isEqualTo(204);
      assertThat(host.terminate()).isZero();
    }
  }

  private static String found(String pattern, String line) {
    Matcher matcher = Pattern.compile(pattern).matcher(line);
    Optional<String> group = matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    return group.orElseThrow(() -> new AssertionError(pattern + " is not in: " + line));
  }
}
