package dev.roost.storage.blob;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.ListBlobsOptions;
import com.azure.storage.blob.options.BlockBlobSimpleUploadOptions;
import com.azure.storage.blob.specialized.BlobLeaseClient;
import com.azure.storage.blob.specialized.BlobLeaseClientBuilder;
import dev.roost.testkit.Await;
import dev.roost.testkit.MemoryStateStore;
import dev.roost.testkit.TestHost;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What hosts tell each other through receipts, messages and positions. */
class BlobReceiptsTest {
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
      account.awaitEmpty(host.host.hostId);
      assertThat(host.runs).hasSize(1);
    }
  }
}
