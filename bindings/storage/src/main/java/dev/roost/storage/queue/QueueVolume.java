package dev.roost.storage.queue;

import com.azure.core.util.Context;
import com.azure.storage.queue.QueueClient;
import com.azure.storage.queue.QueueServiceClient;
import dev.roost.spi.Backlog;
import dev.roost.spi.BindingException;
import dev.roost.spi.HostClock;
import dev.roost.storage.account.StorageAccount;
import dev.roost.storage.account.StorageFault;
import java.io.IOException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Counts a queue and its poison queue: two calls for each that exists. The number is the service's
 * own approximate count, invisible messages included; the age is that of the first visible one.
 */
public final class QueueVolume {
  private final QueueClient queue;
  private final Optional<QueueClient> poison;
  private final HostClock clock;

  /**
   * Makes the clients, without I/O.
   *
   * @param poison the queue beside it, if it can have one
   * @throws BindingException when the account has no queues
   */
  public QueueVolume(StorageAccount account, String queue, Optional<String> poison, HostClock clock)
      throws BindingException {
    QueueServiceClient queues = account.queues();
    this.queue = queues.getQueueClient(queue);
    this.poison = poison.map(queues::getQueueClient);
    this.clock = clock;
  }

  /** What waits in the two queues; a queue that does not exist is left out. */
  public List<Backlog> read() throws IOException {
    List<Backlog> backlogs = new ArrayList<>();
    read(queue, Backlog.Kind.WAITING).ifPresent(backlogs::add);
    if (poison.isPresent()) {
      read(poison.get(), Backlog.Kind.POISON).ifPresent(backlogs::add);
    }
    return backlogs;
  }

  /** The number of messages, invisible ones included, with one call; 0 without a queue. */
  public OptionalLong unsettled() throws IOException {
    try {
      return OptionalLong.of(
          StorageFault.call(
              "count the messages of queue '" + queue.getQueueName() + "'",
              () -> queue.getProperties().getApproximateMessagesCountLong()));
    } catch (StorageFault fault) {
      if (fault.code().equals("QueueNotFound")) {
        return OptionalLong.of(0);
      }
      throw fault;
    }
  }

  private Optional<Backlog> read(QueueClient client, Backlog.Kind kind) throws IOException {
    try {
      return Optional.of(
          StorageFault.call(
              "count the messages of queue '" + client.getQueueName() + "'",
              () -> count(client, kind)));
    } catch (StorageFault fault) {
      if (fault.code().equals("QueueNotFound")) {
        return Optional.empty();
      }
      throw fault;
    }
  }

  private Backlog count(QueueClient client, Backlog.Kind kind) {
    long events = client.getProperties().getApproximateMessagesCountLong();
    Optional<Duration> oldest =
        events == 0
            ? Optional.empty()
            : client.peekMessages(1, null, Context.NONE).stream()
                .findFirst()
                .map(message -> age(message.getInsertionTime()));
    return new Backlog(client.getQueueName(), kind, events, oldest);
  }

  private Duration age(OffsetDateTime inserted) {
    Duration age = Duration.between(inserted.toInstant(), clock.now());
    return age.isNegative() ? Duration.ZERO : age;
  }
}
