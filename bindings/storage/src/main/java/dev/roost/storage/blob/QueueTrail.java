package dev.roost.storage.blob;

import com.azure.core.util.Context;
import com.azure.storage.queue.QueueClient;
import com.azure.storage.queue.models.PeekedMessageItem;
import dev.roost.spi.BindingException;
import dev.roost.storage.account.StorageAccount;
import dev.roost.storage.account.StorageFault;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** A queue through which a blob goes, looked at without taking a message. */
final class QueueTrail {
  /** Azure shows no more. */
  private static final int PAGE = 32;

  private final QueueClient queue;

  QueueTrail(StorageAccount account, String name) throws BindingException {
    this.queue = account.queues().getQueueClient(name);
  }

  /**
   * What a look showed.
   *
   * @param name of the queue
   * @param message the first that is about the blob, if one of those shown is
   * @param total messages in the queue, those that nobody can see now included
   * @param shown messages that could be looked at
   */
  record Look(String name, Optional<Message> message, long total, int shown) {
    String text() {
      if (message.isPresent()) {
        return "message %s, received %d times so far"
            .formatted(message.get().id(), message.get().dequeueCount());
      }
      return total == 0
          ? "empty"
          : "not among the %d messages that can be seen, of %d".formatted(shown, total);
    }
  }

  /** A message. */
  record Message(String id, long dequeueCount) {}

  /** Looks for a message by its body as it travels. */
  Look look(Predicate<String> wanted) throws IOException {
    try {
      return StorageFault.call("look at queue '" + queue.getQueueName() + "'", () -> seen(wanted));
    } catch (StorageFault fault) {
      if (fault.status() == 404) {
        return new Look(queue.getQueueName(), Optional.empty(), 0, 0);
      }
      throw fault;
    }
  }

  private Look seen(Predicate<String> wanted) {
    List<PeekedMessageItem> items = queue.peekMessages(PAGE, null, Context.NONE).stream().toList();
    return new Look(
        queue.getQueueName(),
        items.stream()
            .filter(item -> item.getBody() != null && wanted.test(item.getBody().toString()))
            .map(item -> new Message(item.getMessageId(), item.getDequeueCount()))
            .findFirst(),
        queue.getProperties().getApproximateMessagesCountLong(),
        items.size());
  }
}
