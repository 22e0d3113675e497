package dev.roost.storage.queue;

import com.azure.core.util.Context;
import com.azure.storage.queue.QueueClient;
import com.azure.storage.queue.models.QueueMessageItem;
import dev.roost.storage.account.StorageFault;
import java.io.IOException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A received message and the pop receipt that proves it is ours. Each renewal changes the receipt.
 * Once somebody else has received the message every method answers false, and the message is no
 * longer our business.
 */
public final class LeasedMessage {
  private final LeasedQueue queue;
  private final QueueMessageItem item;
  private volatile String receipt;
  private volatile boolean lost;

  LeasedMessage(LeasedQueue queue, QueueMessageItem item) {
    this.queue = queue;
    this.item = item;
    this.receipt = item.getPopReceipt();
  }

  /** The name of its queue. */
  public String queue() {
    return queue.name();
  }

  public String id() {
    return item.getMessageId();
  }

  /** What a span says of it, by OpenTelemetry's names; the system's name is ours. */
  Map<String, String> spanAttributes() {
    return Map.of(
        "faas.trigger",
        "pubsub",
        "messaging.system",
        "azure_storage_queue",
        "messaging.operation.type",
        "process",
        "messaging.destination.name",
        queue(),
        "messaging.message.id",
        id());
  }

  /** How often it was received, this time included. */
  public long dequeueCount() {
    return item.getDequeueCount();
  }

  /** The body as it travels. */
  public String wire() {
    return item.getBody() == null ? "" : item.getBody().toString();
  }

  /** The receipt of now. */
  public String popReceipt() {
    return receipt;
  }

  public @Nullable OffsetDateTime insertedOn() {
    return item.getInsertionTime();
  }

  public @Nullable OffsetDateTime expiresOn() {
    return item.getExpirationTime();
  }

  /** When it would have come again, as it was received. */
  public @Nullable OffsetDateTime nextVisibleOn() {
    return item.getTimeNextVisible();
  }

  /** Keeps it for another lease. */
  public boolean renew() throws IOException {
    return update("renew", queue.renewing(), queue.lease());
  }

  /** Gives it back: it comes again after this pause. */
  public boolean release(Duration pause) throws IOException {
    return update("give back", queue.settling(), pause);
  }

  /** Removes it for good. */
  public boolean delete() throws IOException {
    return ifOurs(
        "delete",
        () -> queue.settling().deleteMessageWithResponse(id(), receipt, null, Context.NONE));
  }

  private boolean update(String verb, QueueClient client, Duration visibility) throws IOException {
    return ifOurs(
        verb,
        () ->
            receipt =
                client
                    .updateMessageWithResponse(id(), receipt, null, visibility, null, Context.NONE)
                    .getValue()
                    .getPopReceipt());
  }

  private boolean ifOurs(String verb, StorageFault.Action action) throws IOException {
    if (lost) {
      return false;
    }
    try {
      StorageFault.call(verb + " message " + id() + " of queue '" + queue.name() + "'", action);
      return true;
    } catch (StorageFault fault) {
      lost = fault.status() == 404 || fault.code().equals("PopReceiptMismatch");
      if (lost) {
        return false;
      }
      throw fault;
    }
  }
}
