package dev.roost.storage.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.roost.spi.AccessLevel;
import dev.roost.spi.BindingException;
import dev.roost.spi.HttpEndpoint;
import dev.roost.spi.HttpRequest;
import dev.roost.spi.HttpResponse;
import dev.roost.spi.Outcome;
import dev.roost.spi.Payload;
import dev.roost.testkit.Await;
import dev.roost.testkit.TestHost;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventGridTest {
  private final BlobAccount account = new BlobAccount();
  private final String container = BlobAccount.unique("files");

  private static String event(String container, String name, String etag) {
    return """
    {"topic": "/subscriptions/s/storageAccounts/a", "id": "1", "eventTime": "2026-01-01T00:00:00Z",
     "subject": "/blobServices/default/containers/%1$s/blobs/%2$s",
     "eventType": "Microsoft.Storage.BlobCreated", "dataVersion": "", "metadataVersion": "1",
     "data": {"api": "PutBlob", "eTag": "%3$s", "blobType": "BlockBlob", "contentLength": 1,
              "url": "https://a.blob.core.windows.net/%1$s/%2$s"}}
    """
        .formatted(container, name, etag);
  }

  private static HttpResponse post(BlobHost host, String function, String body) {
    HttpEndpoint endpoint = host.trigger.endpoints(host.host).getFirst();
    return endpoint
        .handler()
        .handle(
            new HttpRequest(
                "POST",
                URI.create("http://localhost/runtime/webhooks/blobs?functionName=" + function),
                Map.of("aeg-event-type", List.of("Notification")),
                Map.of("functionName", List.of(function)),
                Map.of(),
                new Payload.Bytes(body.getBytes(StandardCharsets.UTF_8))));
  }

  private BlobHost byEvent(TestHost host) throws BindingException {
    return new BlobHost(host)
        .function("Thumb", "path", container + "/in/{name}", "source", "EventGrid");
  }

  @Test
  void runsWhatTheWebhookTells() throws Exception {
    try (BlobHost host = byEvent(account.host()).start()) {
      String etag = account.put(container, "in/a b.png", "picture");
      account.put(container, "in/untold.png", "x");
      HttpResponse answer =
          post(
              host,
              "Host.Functions.Thumb",
              "["
                  + event(container, "in/a b.png", etag)
                  + ","
                  + event(container, "out/x", "1")
                  + "]");
      assertThat(answer.status()).isEqualTo(202);
      host.awaitRuns(1);
      assertThat(host.ran()).containsExactly("Thumb " + container + "/in/a b.png");
      assertThat(host.runs.getFirst().reason())
          .isEqualTo("New blob detected(EventGrid): " + container + "/in/a b.png");
      assertThat(BlobHost.value(host.runs.getFirst(), "name")).isEqualTo("a b.png");
      account.put(container, "in/a b.png", "newer");
      post(host, "Host.Functions.Thumb", "[" + event(container, "in/a b.png", etag) + "]");
      host.awaitRuns(2);
      assertThat(host.texts).as("the current version").containsExactly("picture", "newer");
    }
  }

  @Test
  void offersTheOfficialAddressBehindASystemKey() {
    HttpEndpoint endpoint = new BlobTrigger().endpoints(account.host()).getFirst();
    assertThat(endpoint.path()).isEqualTo("runtime/webhooks/blobs");
    assertThat(endpoint.access()).isEqualTo(AccessLevel.SYSTEM);
    assertThat(endpoint.methods()).contains("POST");
  }

  @Test
  void answersTheHandshakes() throws Exception {
    BlobHost host = byEvent(account.host());
    HttpResponse answer =
        post(
            host,
            "Host.Functions.Thumb",
            """
            [{"eventType": "Microsoft.EventGrid.SubscriptionValidationEvent", "subject": "",
              "data": {"validationCode": "512d38b6", "validationUrl": "https://x"}}]
            """);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(((Payload.Json) answer.body()).value().toString())
        .isEqualTo("{\"validationResponse\":\"512d38b6\"}");
    HttpResponse options =
        host.trigger
            .endpoints(host.host)
            .getFirst()
            .handler()
            .handle(
                new HttpRequest(
                    "OPTIONS",
                    URI.create("http://localhost/runtime/webhooks/blobs"),
                    Map.of("webhook-request-origin", List.of("eventgrid.azure.net")),
                    Map.of(),
                    Map.of(),
                    Payload.EMPTY));
    assertThat(options.headers())
        .containsExactly(new HttpResponse.Header("WebHook-Allowed-Origin", "eventgrid.azure.net"));
  }

  @ParameterizedTest
  @CsvSource({
    "Host.Functions.Thumb, not json, 400",
    "Host.Functions.Thumb, [], 202",
    "Host.Functions.Scanned, [], 404",
    "Host.Functions.Other, [], 404",
    "Thumb, [], 404",
  })
  void refusesWhatItCannotUse(String function, String body, int status) throws Exception {
    BlobHost host = byEvent(account.host()).function("Scanned", "path", container);
    assertThat(post(host, function, body).status()).isEqualTo(status);
  }

  @Test
  void runsEventsThatComeThroughAStorageQueue() throws Exception {
    String queueName = BlobAccount.unique("events");
    TestHost settings = account.host();
    settings.functionSettings.put(
        "Thumb", JsonNodeFactory.instance.objectNode().put("eventQueue", queueName));
    BlobHost host = byEvent(settings);
    try (host) {
      host.start();
      Await.until(
          "waiting", BlobHost.LIMIT, () -> host.source().health().reason().contains("waits for"));
      var queue = account.queue(queueName);
      queue.create();
      account.put(container, "in/a", "one");
      account.put(container, "in/bad", "two");
      host.outcome =
          delivery ->
              BlobHost.value(delivery, "name").equals("bad")
                  ? new Outcome.Failed(
                      new IllegalStateException("no"), true, java.util.Optional.empty())
                  : new Outcome.Succeeded(Payload.EMPTY);
      for (String name : List.of("in/a", "in/gone", "in/bad", "out/a")) {
        queue.sendMessage(
            Base64.getEncoder()
                .encodeToString(event(container, name, "1").getBytes(StandardCharsets.UTF_8)));
      }
      queue.sendMessage("nonsense");
      host.awaitRuns(2);
      assertThat(host.texts).containsExactlyInAnyOrder("one", "two");
      Await.until(
          "an empty queue",
          BlobHost.LIMIT,
          () -> queue.getProperties().getApproximateMessagesCountLong() == 0);
      assertThat(
              account
                  .queue(queueName + "-poison")
                  .getProperties()
                  .getApproximateMessagesCountLong())
          .isEqualTo(1);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Scanned | events        | roost.functions.Scanned.eventQueue in host.json: its trigger scans
          Thumb   | Bad_Name      | eventQueue: 'Bad_Name' is not a name for a queue
          Thumb   | events-poison | eventQueue: 'events-poison' is a poison queue
          Thumb   | taken         | another function takes its events from queue 'taken' too
          """)
  void refusesAQueueThatCannotWork(String function, String queue, String message) {
    TestHost settings = account.host();
    settings.functionSettings.put(
        function, JsonNodeFactory.instance.objectNode().put("eventQueue", queue));
    settings.functionSettings.put(
        "First", JsonNodeFactory.instance.objectNode().put("eventQueue", "taken"));
    assertThatThrownBy(() ->
            new BlobHost(settings)
                .function("First", "path", container, "source", "EventGrid")
                .function(
                    function,
                    "path",
                    container,
                    "source",
                    function.equals("Scanned") ? "" : "EventGrid"))
        .isInstanceOf(BindingException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"type": "Microsoft.Storage.BlobCreated", "subject": "/blobServices/default/containers/c1c/blobs/x/y", "data": {}} | c1c/x/y
          {"eventType": "Microsoft.Storage.BlobCreated", "subject": "", "data": {"url": "https://a.blob.core.windows.net/c1c/x%20y"}} | c1c/x y
          {"eventType": "Microsoft.Storage.BlobRenamed", "subject": "/blobServices/default/containers/c1c/blobs/x", "data": {}} | c1c/x
          {"eventType": "Microsoft.Storage.BlobDeleted", "subject": "/blobServices/default/containers/c1c/blobs/x", "data": {}} |
          {"eventType": "Microsoft.Storage.BlobCreated", "subject": "nothing", "data": {"url": "nothing"}} |
          {} |
          3 |
          """)
  void readsEventsOfBothSchemas(String json, String path) throws Exception {
    List<BlobEvent> events =
        BlobEvent.written(new com.fasterxml.jackson.databind.json.JsonMapper().readTree(json));
    assertThat(events)
        .extracting(event -> event.path().toString())
        .isEqualTo(path == null ? List.of() : List.of(path));
  }
}
