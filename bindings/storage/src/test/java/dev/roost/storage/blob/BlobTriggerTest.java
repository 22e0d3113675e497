package dev.roost.storage.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.azure.storage.blob.models.BlobHttpHeaders;
import com.azure.storage.blob.options.BlockBlobSimpleUploadOptions;
import com.azure.storage.blob.specialized.AppendBlobClient;
import com.azure.storage.blob.specialized.BlobLeaseClient;
import com.azure.storage.blob.specialized.BlobLeaseClientBuilder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.roost.spi.BindingException;
import dev.roost.spi.Delivery;
import dev.roost.spi.Direction;
import dev.roost.spi.Health;
import dev.roost.testkit.Await;
import dev.roost.testkit.Azurite;
import dev.roost.testkit.TestHost;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlobTriggerTest {
  private final BlobAccount account = new BlobAccount();
  private final String container = BlobAccount.unique("files");

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

  @Test
  void waitsWhileAnAppendBlobGrows() throws Exception {
    account.blobs.getBlobContainerClient(container).createIfNotExists();
    AppendBlobClient log = account.blob(container, "log").getAppendBlobClient();
    log.create();
    append(log, "one ");
    try (BlobHost host = new BlobHost(account).function("Copy", "path", container).start()) {
      account.put(container, "done", "done");
      host.awaitRuns(1);
      append(log, "two");
      host.awaitRuns(2);
      assertThat(host.texts).containsExactly("done", "one two");
    }
  }

  private static void append(AppendBlobClient log, String text) {
    BinaryData data = BinaryData.fromString(text);
    log.appendBlock(data.toStream(), data.getLength());
  }
}
