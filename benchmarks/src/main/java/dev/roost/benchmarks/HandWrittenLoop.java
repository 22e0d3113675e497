package dev.roost.benchmarks;

import com.azure.core.http.HttpClient;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.util.Context;
import com.azure.storage.queue.QueueClient;
import com.azure.storage.queue.QueueClientBuilder;
import com.azure.storage.queue.QueueMessageEncoding;
import com.azure.storage.queue.models.QueueMessageItem;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;

/**
 * What one writes without a host, on the same SDK and HTTP client: one thread receives, each
 * message is read and deleted on a virtual thread, at most so many at a time. Nothing is renewed,
 * logged, retried by us or poisoned.
 *
 * <p>Arguments: queue, deletes at a time. The account is {@code AzureWebJobsStorage}.
 */
public final class HandWrittenLoop {
  private static final int MOST = 32;
  private static final Duration LEASE = Duration.ofMinutes(2);
  private static final Duration IDLE = Duration.ofMillis(100);

  private HandWrittenLoop() {}

  /** Runs until it is killed. */
  public static void main(String[] args) throws InterruptedException {
    Quiet.azure();
    QueueClient queue = queue(System.getenv("AzureWebJobsStorage"), args[0]);
    Semaphore free = new Semaphore(Integer.parseInt(args[1]));
    while (true) {
      List<QueueMessageItem> page =
          queue.receiveMessages(MOST, LEASE, null, Context.NONE).stream().toList();
      for (QueueMessageItem message : page) {
        free.acquire();
        Thread.ofVirtual()
            .start(() -> {
              try {
                work(message.getBody().toString());
                queue.deleteMessage(message.getMessageId(), message.getPopReceipt());
              } finally {
                free.release();
              }
            });
      }
      if (page.isEmpty()) {
        Thread.sleep(IDLE);
      }
    }
  }

  private static void work(String message) {
    if (message.isEmpty()) {
      throw new IllegalArgumentException("a message without a body");
    }
  }

  /** The queue, on the JDK's HTTP client as the host uses it. */
  static QueueClient queue(String connection, String name) {
    HttpClient http =
        new JdkHttpClientBuilder(
                java.net.http.HttpClient.newBuilder()
                    .version(java.net.http.HttpClient.Version.HTTP_1_1))
            .build();
    return new QueueClientBuilder()
        .connectionString(connection)
        .queueName(name)
        .messageEncoding(QueueMessageEncoding.BASE64)
        .httpClient(http)
        .buildClient();
  }
}
