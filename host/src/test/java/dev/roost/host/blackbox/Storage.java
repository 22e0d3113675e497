package dev.roost.host.blackbox;

import static org.awaitility.Awaitility.await;

import com.azure.data.tables.TableClient;
import com.azure.data.tables.TableServiceClientBuilder;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.queue.QueueClient;
import com.azure.storage.queue.QueueMessageEncoding;
import com.azure.storage.queue.QueueServiceClientBuilder;
import com.azure.storage.queue.models.QueueMessageItem;
import com.azure.storage.queue.models.QueueStorageException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The real SDK as the client of a test, on one connection string. */
record Storage(String connectionString) {

  /** The queue, which is there. */
  QueueClient queue(String name) {
    QueueClient queue =
        new QueueServiceClientBuilder()
            .connectionString(connectionString)
            .messageEncoding(QueueMessageEncoding.BASE64)
            .buildClient()
            .getQueueClient(name);
    queue.createIfNotExists();
    return queue;
  }

  /** The container, which is there. */
  BlobContainerClient container(String name) {
    BlobContainerClient container =
        new BlobServiceClientBuilder()
            .connectionString(connectionString)
            .buildClient()
            .getBlobContainerClient(name);
    container.createIfNotExists();
    return container;
  }

  /** The table, which may not be there. */
  TableClient table(String name) {
    return new TableServiceClientBuilder()
        .connectionString(connectionString)
        .buildClient()
        .getTableClient(name);
  }

  /** Takes messages until there are as many, and deletes them; their texts. */
  List<String> take(String queue, int count) {
    QueueClient client = queue(queue);
    List<String> texts = new ArrayList<>();
    await()
        .atMost(Duration.ofMinutes(3))
        .until(() -> {
          texts.addAll(takeAll(client));
          return texts.size() >= count;
        });
    return texts;
  }

  /** Takes what is visible now, and deletes it; the texts. */
  static List<String> takeAll(QueueClient client) {
    List<String> texts = new ArrayList<>();
    List<String> page = takePage(client);
    while (!page.isEmpty()) {
      texts.addAll(page);
      page = takePage(client);
    }
    return texts;
  }

  /** Takes and deletes at most 32 messages; the texts. */
  static List<String> takePage(QueueClient client) {
    List<QueueMessageItem> page =
        client.receiveMessages(32, Duration.ofMinutes(5), Duration.ofSeconds(30), null).stream()
            .toList();
    page.forEach(message -> client.deleteMessage(message.getMessageId(), message.getPopReceipt()));
    return page.stream().map(message -> message.getBody().toString()).toList();
  }

  /** The number of messages, visible or not; 0 when the queue is not there. */
  int count(String queue) {
    try {
      return (int) queue(queue).getProperties().getApproximateMessagesCountLong();
    } catch (QueueStorageException e) {
      return 0;
    }
  }
}
