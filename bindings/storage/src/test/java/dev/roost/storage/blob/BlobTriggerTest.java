package dev.roost.storage.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.azure.storage.blob.models.BlobHttpHeaders;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.ListBlobsOptions;
import com.azure.storage.blob.options.BlockBlobSimpleUploadOptions;
import com.azure.storage.blob.specialized.BlobLeaseClient;
import com.azure.storage.blob.specialized.BlobLeaseClientBuilder;
import com.azure.storage.queue.models.QueueMessageItem;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.roost.spi.BindingException;
import dev.roost.spi.Delivery;
import dev.roost.spi.Direction;
import dev.roost.spi.Health;
import dev.roost.spi.Outcome;
import dev.roost.testkit.Await;
import dev.roost.testkit.Azurite;
import dev.roost.testkit.MemoryStateStore;
import dev.roost.testkit.TestHost;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlobTriggerTest {
  private final BlobAccount account = new BlobAccount();
  private final String container = BlobAccount.unique("files");

  private List<BlobItem> receipts(TestHost host) {
    return account
        .blobs
        .getBlobContainerClient("azure-webjobs-hosts")
        .listBlobs(new ListBlobsOptions().setPrefix("blobreceipts/" + host.hostId), null)
        .stream()
        .toList();
  }

  @Test
  void runsOncePerVersionAndSaysWhichBlob() throws Exception {
    account.put(container, "in/first.txt", "one");
    try (BlobHost host =
        new BlobHost(account).function("Copy", "path", container + "/in/{name}.{ext}").start()) {
      host.awaitRuns(1);
      assertThat(host.texts).containsExactly("one");
      Delivery run = host.runs.getFirst();
      assertThat(run.function()).isEqualTo("Copy");
      assertThat(run.reason())
          .isEqualTo("New blob detected(LogsAndContainerScan): " + container + "/in/first.txt");
      assertThat(run.details())
          .containsOnlyKeys(
              "MessageId", "DequeueCount", "InsertedOn", "BlobCreated", "BlobLastModified");
      assertThat(BlobHost.value(run, "BlobTrigger")).isEqualTo(container + "/in/first.txt");
      assertThat(BlobHost.value(run, "name")).isEqualTo("first");
      assertThat(BlobHost.value(run, "ext")).isEqualTo("txt");
      assertThat(BlobHost.value(run, "Uri"))
          .startsWith("\"http://")
          .endsWith("/" + container + "/in%2Ffirst.txt\"");
      JsonNode properties = new JsonMapper().readTree(BlobHost.value(run, "Properties"));
      assertThat(properties.path("ContentLength").asInt()).isEqualTo(3);
      assertThat(properties.path("BlobType").asText()).isEqualTo("BlockBlob");
      assertThat(BlobHost.value(run, "BlobChange")).isEqualTo("created");

      account.put(container, "in/first.txt", "two");
      account.put(container, "out/first.txt", "elsewhere");
      host.awaitRuns(2);
      assertThat(host.texts).containsExactly("one", "two");
      assertThat(BlobHost.value(host.runs.get(1), "BlobChange")).isEqualTo("updated");
    }
  }

  @Test
  void leavesReceiptsMessagesAndPositionInTheOfficialForm() throws Exception {
    String etag = account.put(container, "a b.txt", "x");
    BlobHost host = new BlobHost(account).function("Copy", "path", container + "/{n}");
    try (host) {
      host.source().start(() -> {});
      var queue = account.queue("azure-webjobs-blobtrigger-" + host.host.hostId);
      queue.createIfNotExists();
      Await.until("a message", BlobHost.LIMIT, () -> queue.peekMessage() != null);
      String body =
          new String(
              Base64.getDecoder().decode(queue.peekMessage().getBody().toString()),
              StandardCharsets.UTF_8);
      assertThat(body)
          .isEqualTo(
              """
              {
                "Type": "BlobTrigger",
                "FunctionId": "Host.Functions.Copy",
                "BlobType": "BlockBlob",
                "ContainerName": "%s",
                "BlobName": "a b.txt",
                "ETag": "\\"%s\\""
              }\
              """
                  .formatted(container, etag.replace("\"", "")));
      String receipt =
          "blobreceipts/%s/Host.Functions.Copy/\"%s\"/%s/a b.txt"
              .formatted(host.host.hostId, etag.replace("\"", ""), container);
      Await.until(
          "a complete receipt",
          BlobHost.LIMIT,
          () ->
              !account
                  .blob("azure-webjobs-hosts", receipt)
                  .getProperties()
                  .getMetadata()
                  .containsKey("Incomplete"));
      assertThat(receipts(host.host)).extracting(BlobItem::getName).containsExactly(receipt);
      String position =
          "azure-webjobs-hosts/blobscaninfo/%s/devstoreaccount1/%s/scanInfo"
              .formatted(host.host.hostId, container);
      Await.until(
          "a position", BlobHost.LIMIT, () -> host.host.stateStore().read(position).isPresent());
      assertThat(host.host.stateStore().read(position).orElseThrow().content())
          .matches("\\{\"LatestScan\":\"20\\d\\d-[^\"]*Z\"}");
    }
  }

  @Test
  void skipsWhatHasAnOfficialReceipt() throws Exception {
    String etag = account.put(container, "old", "x").replace("\"", "");
    BlobHost host = new BlobHost(account).function("Copy", "path", container + "/{n}");
    try (host) {
      account.put(
          "azure-webjobs-hosts",
          "blobreceipts/%s/Host.Functions.Copy/\"%s\"/%s/old"
              .formatted(host.host.hostId, etag, container),
          "");
      account.put(container, "new", "y");
      host.start();
      host.awaitRuns(1);
      assertThat(host.texts).containsExactly("y");
    }
  }

  @Test
  void finishesWhatACrashLeftIncomplete() throws Exception {
    String etag = account.put(container, "half", "x").replace("\"", "");
    BlobHost host = new BlobHost(account).function("Copy", "path", container + "/{n}");
    try (host) {
      var receipt =
          account.blob(
              "azure-webjobs-hosts",
              "blobreceipts/%s/Host.Functions.Copy/\"%s\"/%s/half"
                  .formatted(host.host.hostId, etag, container));
      account.blobs.getBlobContainerClient("azure-webjobs-hosts").createIfNotExists();
      receipt
          .getBlockBlobClient()
          .uploadWithResponse(
              new BlockBlobSimpleUploadOptions(BinaryData.fromString(""))
                  .setMetadata(Map.of("Incomplete", "Incomplete")),
              null,
              Context.NONE);
      BlobLeaseClient dead = new BlobLeaseClientBuilder().blobClient(receipt).buildClient();
      dead.acquireLease(60);
      account.put(container, "other", "y");
      host.start();
      host.awaitRuns(1);
      assertThat(host.texts).containsExactly("y");
      dead.releaseLease();
      host.awaitRuns(2);
      assertThat(host.texts).containsExactly("y", "x");
    }
  }

  @Test
  void runsNothingTwiceAfterARestart() throws Exception {
    IntStream.range(0, 10).forEach(i -> account.put(container, "b" + i, "x"));
    TestHost same = account.host();
    try (BlobHost host = new BlobHost(same).function("Copy", "path", container).start()) {
      host.awaitRuns(10);
    }
    account.put(container, "b3", "again");
    try (BlobHost host = new BlobHost(same).function("Copy", "path", container).start()) {
      host.awaitRuns(1);
      account.put(container, "b4", "too");
      host.awaitRuns(2);
      assertThat(host.texts).containsExactly("again", "too");
    }
    same.stateStore = new MemoryStateStore(same.manualClock);
    try (BlobHost host = new BlobHost(same).function("Copy", "path", container).start()) {
      account.put(container, "b5", "last");
      host.awaitRuns(1);
      assertThat(host.texts).as("its position was lost").containsExactly("last");
    }
  }

  @Test
  void startsEveryFunctionThatMatches() throws Exception {
    account.put(container, "a.csv", "1");
    account.put(container, "a.txt", "2");
    try (BlobHost host =
        new BlobHost(account)
            .function("Csv", "path", container + "/{n}.csv")
            .function("All", "path", container)
            .function("None", "path", container + "/sub/{n}")
            .start()) {
      host.awaitRuns(3);
      assertThat(host.ran())
          .containsExactlyInAnyOrder(
              "Csv " + container + "/a.csv",
              "All " + container + "/a.csv",
              "All " + container + "/a.txt");
    }
  }

  @Test
  void waitsForItsContainer() throws Exception {
    try (BlobHost host = new BlobHost(account).function("Copy", "path", container).start()) {
      account.put(container, "a", "late");
      host.awaitRuns(1);
      assertThat(host.source().health()).isEqualTo(Health.UP);
    }
  }

  @Test
  void waitsWhileABlobIsLeasedByItsWriter() throws Exception {
    account.put(container, "a", "draft");
    BlobLeaseClient writer =
        new BlobLeaseClientBuilder().blobClient(account.blob(container, "a")).buildClient();
    writer.acquireLease(-1);
    account.put(container, "b", "done");
    try (BlobHost host = new BlobHost(account).function("Copy", "path", container).start()) {
      host.awaitRuns(1);
      assertThat(host.texts).containsExactly("done");
      writer.releaseLease();
      host.awaitRuns(2);
      assertThat(host.texts).containsExactly("done", "draft");
    }
  }

  @Test
  void dropsWhatIsGoneOrHasChangedBeforeItRuns() throws Exception {
    BlobHost host = new BlobHost(account).function("Copy", "path", container);
    try (host) {
      account.put(container, "gone", "x");
      account.put(container, "changed", "old");
      host.source().start(() -> {});
      Await.until("receipts", BlobHost.LIMIT, () -> receipts(host.host).size() == 2);
      account.blob(container, "gone").delete();
      account.put(container, "changed", "new");
      host.start();
      host.awaitRuns(1);
      assertThat(host.texts).containsExactly("new");
      awaitEmpty(host);
      assertThat(host.runs).hasSize(1);
    }
  }

  private void awaitEmpty(BlobHost host) throws Exception {
    var queue = account.queue("azure-webjobs-blobtrigger-" + host.host.hostId);
    Await.until(
        "an empty queue",
        BlobHost.LIMIT,
        () -> queue.getProperties().getApproximateMessagesCountLong() == 0);
  }

  @Test
  void poisonsWhatFailsTooOftenAndTellsTheMessage() throws Exception {
    TestHost same = account.host();
    same.extensions.put(
        "blobs", JsonNodeFactory.instance.objectNode().put("poisonBlobThreshold", 3));
    BlobHost host = new BlobHost(same).function("Copy", "path", container + "/{n}");
    try (host) {
      String name = BlobAccount.unique("bad");
      account.put(container, name, "x");
      host.outcome = _ -> new Outcome.Failed(new IllegalStateException("no"));
      host.start();
      Optional<QueueMessageItem> poison = awaitPoison(name);
      assertThat(host.runs).hasSize(3);
      assertThat(decoded(poison.orElseThrow()).path("FunctionId").asText())
          .isEqualTo("Host.Functions.Copy");
      String record =
          "azure-webjobs-hosts/roost/poison/"
              + BlobMessage.POISON
              + "/"
              + poison.orElseThrow().getMessageId();
      Await.until("a record", BlobHost.LIMIT, () -> same.stateStore().read(record).isPresent());
      assertThat(same.stateStore().read(record).orElseThrow().content())
          .contains("it reached the poisonBlobThreshold of 3")
          .contains("IllegalStateException: no")
          .contains("invocation-1");
      awaitEmpty(host);
    }
  }

  @Test
  void poisonsAtOnceWhatCannotSucceed() throws Exception {
    try (BlobHost host = new BlobHost(account).function("Copy", "path", container)) {
      String name = BlobAccount.unique("bad");
      account.put(container, name, "x");
      host.outcome =
          _ -> new Outcome.Failed(new IllegalStateException("no"), true, Optional.empty());
      host.start();
      awaitPoison(name);
      assertThat(host.runs).hasSize(1);
    }
  }

  /** The poison queue is one for all tests of this account: takes out the message of one blob. */
  private Optional<QueueMessageItem> awaitPoison(String blob) throws Exception {
    var queue = account.queue(BlobMessage.POISON);
    queue.createIfNotExists();
    AtomicReference<Optional<QueueMessageItem>> found = new AtomicReference<>(Optional.empty());
    Await.until(
        "a poison message",
        BlobHost.LIMIT,
        () -> {
          found.set(
              queue.receiveMessages(32, Duration.ofSeconds(1), null, null).stream()
                  .filter(message -> decoded(message).path("BlobName").asText().equals(blob))
                  .findFirst());
          return found.get().isPresent();
        });
    return found.get();
  }

  private static JsonNode decoded(QueueMessageItem message) {
    try {
      return new JsonMapper().readTree(Base64.getDecoder().decode(message.getBody().toString()));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void leavesAMessageOfAnotherHostsFunctionToItAndThenDropsIt() throws Exception {
    BlobHost host = new BlobHost(account).function("Copy", "path", container);
    try (host) {
      var queue = account.queue("azure-webjobs-blobtrigger-" + host.host.hostId);
      queue.create();
      String wire =
          new BlobMessage(
                  "Host.Functions.Gone", "BlockBlob", new BlobPath("c", "n"), "\"1\"", false)
              .wire();
      queue.sendMessage(wire);
      host.start();
      Await.until("received and left", BlobHost.LIMIT, () -> queue.peekMessage() == null);
      assertThat(queue.getProperties().getApproximateMessagesCountLong()).isEqualTo(1);
    }
    TestHost once = account.host();
    once.extensions.put(
        "blobs", JsonNodeFactory.instance.objectNode().put("poisonBlobThreshold", 1));
    BlobHost last = new BlobHost(once).function("Copy", "path", container);
    try (last) {
      var queue = account.queue("azure-webjobs-blobtrigger-" + once.hostId);
      queue.create();
      queue.sendMessage(
          new BlobMessage(
                  "Host.Functions.Gone", "BlockBlob", new BlobPath("c", "n"), "\"1\"", false)
              .wire());
      queue.sendMessage("not about a blob");
      last.start();
      awaitEmpty(last);
      assertThat(last.runs).isEmpty();
    }
  }

  @Test
  void readsMetadataIntoBindingData() throws Exception {
    account.blobs.getBlobContainerClient(container).createIfNotExists();
    var blob = account.blob(container, "a");
    blob.getBlockBlobClient()
        .uploadWithResponse(
            new BlockBlobSimpleUploadOptions(BinaryData.fromString("x"))
                .setHeaders(new BlobHttpHeaders().setContentType("text/x-a"))
                .setMetadata(Map.of("owner", "ann")),
            null,
            Context.NONE);
    try (BlobHost host = new BlobHost(account).function("Copy", "path", container).start()) {
      host.awaitRuns(1);
      Delivery run = host.runs.getFirst();
      assertThat(BlobHost.value(run, "Metadata")).isEqualTo("{\"owner\":\"ann\"}");
      assertThat(BlobHost.value(run, "Properties")).contains("\"ContentType\":\"text/x-a\"");
    }
  }

  @Test
  void tellsThatItsAccountRefusesItAndRecovers() throws Exception {
    TestHost same = account.host();
    same.values.put("Data", account.azurite.connectionString("d3Jvbmc="));
    BlobHost host =
        new BlobHost(same).function("Copy", "path", container + "/{n}", "connection", "Data");
    try (host) {
      host.start();
      Await.until(
          "degraded",
          BlobHost.LIMIT,
          () -> host.source().health().state() == Health.State.DEGRADED);
      assertThat(host.source().health().reason())
          .contains("container '" + container + "' can't be scanned")
          .contains("403");
    }
  }

  @Test
  void goesOnByItselfWhenTheStorageComesBack() throws Exception {
    try (Azurite azurite = Azurite.launch()) {
      BlobAccount own = new BlobAccount(azurite);
      own.put(container, "a", "before");
      try (BlobHost host = new BlobHost(own).function("Copy", "path", container).start()) {
        host.awaitRuns(1);
        azurite.stop();
        Await.until(
            "degraded",
            BlobHost.LIMIT,
            () -> host.source().health().state() == Health.State.DEGRADED);
        azurite.start();
        own.put(container, "b", "after");
        host.awaitRuns(2);
        assertThat(host.texts).containsExactly("before", "after");
        Await.until("up", BlobHost.LIMIT, () -> host.source().health().equals(Health.UP));
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          fi_es/{n}  |           |             | path: 'fi_es' is not a container's name
          files/{n}  | EventHub  |             | source: 'EventHub' is no source of blobs
          files/{n}  |           | yesterday   | startFrom: 'yesterday' is no point to start from
          files/%x%  |           |             | path: 'files/%x%' names the setting 'x'
          """)
  void refusesATriggerThatCannotWork(String path, String source, String startFrom, String message) {
    TestHost host = account.host();
    if (startFrom != null) {
      host.functionSettings.put(
          "Copy", JsonNodeFactory.instance.objectNode().put("startFrom", startFrom));
    }
    assertThatThrownBy(() ->
            new BlobTrigger()
                .open(
                    host.context(
                        "Copy",
                        BlobAccount.binding(
                            "blobTrigger",
                            Direction.IN,
                            "path",
                            path,
                            "source",
                            source == null ? "" : source))))
        .isInstanceOf(BindingException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void tellsABadOptionWithItsPlace() {
    TestHost host = account.host();
    host.extensions.put(
        "blobs", JsonNodeFactory.instance.objectNode().put("maxDegreeOfParallelism", 0));
    assertThatThrownBy(() -> new BlobHost(host).function("Copy", "path", container))
        .isInstanceOf(BindingException.class)
        .hasMessageStartingWith("extensions.blobs.maxDegreeOfParallelism in host.json: found 0");
  }
}
