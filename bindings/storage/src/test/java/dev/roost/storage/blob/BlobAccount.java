package dev.roost.storage.blob;

import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.BlobServiceClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.blob.options.BlobParallelUploadOptions;
import com.azure.storage.queue.QueueClient;
import com.azure.storage.queue.QueueServiceClientBuilder;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roost.spi.BindingDefinition;
import dev.roost.spi.Direction;
import dev.roost.testkit.Await;
import dev.roost.testkit.Azurite;
import dev.roost.testkit.TestHost;
import java.util.UUID;

/** A real account as a test's own client sees it, and hosts that use it. */
final class BlobAccount {
  final Azurite azurite;
  final BlobServiceClient blobs;

  BlobAccount() {
    this(Azurite.shared());
  }

  BlobAccount(Azurite azurite) {
    this.azurite = azurite;
    this.blobs =
        new BlobServiceClientBuilder().connectionString(azurite.connectionString()).buildClient();
  }

  /** A host whose storage this is. */
  TestHost host() {
    TestHost host = new TestHost();
    host.hostId = unique("host");
    host.values.put("AzureWebJobsStorage", azurite.connectionString());
    return host;
  }

  /** A name that no other test has. */
  static String unique(String prefix) {
    return prefix + UUID.randomUUID().toString().substring(0, 8);
  }

  BlobClient blob(String container, String name) {
    return blobs.getBlobContainerClient(container).getBlobClient(name);
  }

  /** Writes text into a container that may have to be created; gives the ETag. */
  String put(String container, String name, String text) {
    blobs.getBlobContainerClient(container).createIfNotExists();
    return write(container, name, text);
  }

  /** Writes text; gives the ETag. */
  String write(String container, String name, String text) {
    return blob(container, name)
        .uploadWithResponse(
            new BlobParallelUploadOptions(BinaryData.fromString(text)), null, Context.NONE)
        .getValue()
        .getETag();
  }

  QueueClient queue(String name) {
    return new QueueServiceClientBuilder()
        .connectionString(azurite.connectionString())
        .buildClient()
        .getQueueClient(name);
  }

  /** A binding as function.json writes it; {@code properties} in pairs. */
  static BindingDefinition binding(String type, Direction direction, String... properties) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    for (int i = 0; i < properties.length; i += 2) {
      node.put(properties[i], properties[i + 1]);
    }
    return new BindingDefinition("value", type, direction, node);
  }

  /** Until all messages of a host's internal queue are settled. */
  void awaitEmpty(String hostId) throws Exception {
    QueueClient queue = queue("azure-webjobs-blobtrigger-" + hostId);
    Await.until(
        "an empty queue",
        BlobHost.LIMIT,
        () -> queue.getProperties().getApproximateMessagesCountLong() == 0);
  }
}
