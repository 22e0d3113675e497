package dev.roost.storage.queue;

import com.azure.core.util.Context;
import com.azure.storage.queue.QueueClient;
import com.azure.storage.queue.QueueServiceClient;
import dev.roost.spi.BindingException;
import dev.roost.storage.account.StorageAccount;
import dev.roost.storage.account.StorageFault;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Adds messages to the queues of one account, creates missing queues and rings the doorbell. */
public final class QueueWriter {
  /** A time to live without end. */
  public static final Duration FOR_EVER = Duration.ofSeconds(-1);

  private final QueueServiceClient queues;
  private final Doorbell doorbell;

  /**
   * Makes the writer, without I/O.
   *
   * @throws BindingException when the account has no queues
   */
  public QueueWriter(StorageAccount account, Doorbell doorbell) throws BindingException {
    this.queues = account.queues();
    this.doorbell = doorbell;
  }

  /** As {@link #send(String, String, Duration, Duration)}, visible at once and for seven days. */
  public String send(String queue, String wire) throws IOException {
    return send(queue, wire, null, null);
  }

  /**
   * Adds a message.
   *
   * @param queue its name, created when it is missing
   * @param wire the body as it travels
   * @param delay how long it is invisible; null for not at all
   * @param timeToLive how long it lives; null for the service's seven days, {@link #FOR_EVER}
   * @return the message's id
   */
  public String send(
      String queue, String wire, @Nullable Duration delay, @Nullable Duration timeToLive)
      throws IOException {
    QueueClient client = queues.getQueueClient(queue);
    String id;
    try {
      id = sendNow(client, wire, delay, timeToLive);
    } catch (StorageFault fault) {
      if (!fault.code().equals("QueueNotFound")) {
        throw fault;
      }
      StorageFault.call("create queue '" + queue + "'", client::createIfNotExists);
      id = sendNow(client, wire, delay, timeToLive);
    }
    doorbell.ring(client.getQueueUrl());
    return id;
  }

  private static String sendNow(
      QueueClient client, String wire, @Nullable Duration delay, @Nullable Duration timeToLive)
      throws IOException {
    return StorageFault.call(
        "send to queue '" + client.getQueueName() + "'",
        () ->
            client
                .sendMessageWithResponse(wire, delay, timeToLive, null, Context.NONE)
                .getValue()
                .getMessageId());
  }
}
