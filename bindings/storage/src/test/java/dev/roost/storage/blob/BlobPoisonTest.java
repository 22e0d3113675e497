package dev.roost.storage.blob;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.storage.queue.models.QueueMessageItem;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.roost.spi.Outcome;
import dev.roost.testkit.Await;
import dev.roost.testkit.TestHost;
import java.io.IOException;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Blobs whose messages no function digests. */
class BlobPoisonTest {
  private final BlobAccount account = new BlobAccount();
  private final String container = BlobAccount.unique("files");

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
      account.awaitEmpty(host.host.hostId);
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
      account.awaitEmpty(last.host.hostId);
      assertThat(last.runs).isEmpty();
    }
  }
}
