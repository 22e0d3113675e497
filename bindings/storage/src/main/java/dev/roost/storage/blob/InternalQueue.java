package dev.roost.storage.blob;

import dev.roost.spi.Backlog;
import dev.roost.spi.BindingException;
import dev.roost.spi.HostServices;
import dev.roost.storage.account.StorageAccount;
import dev.roost.storage.account.StorageAccounts;
import dev.roost.storage.queue.Doorbell;
import dev.roost.storage.queue.LeasedQueue;
import dev.roost.storage.queue.QueueVolume;
import dev.roost.storage.queue.QueueWriter;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The queue in the host's own account through which every blob goes on its way from the scanner, or
 * Event Grid, to a function on any host.
 */
final class InternalQueue {
  private final String name;
  private final LeasedQueue queue;
  private final QueueWriter writer;
  private final Doorbell doorbell;
  private final QueueVolume volume;

  /**
   * @throws BindingException when the host has no account of its own
   */
  InternalQueue(HostServices host, Duration lease) throws BindingException {
    StorageAccount own = StorageAccounts.of(host).named(StorageAccounts.DEFAULT);
    this.name = BlobMessage.queue(host.hostId());
    this.queue = new LeasedQueue(own, name, lease);
    this.doorbell = Doorbell.of(host);
    this.writer = new QueueWriter(own, doorbell);
    this.volume = new QueueVolume(own, name, Optional.of(BlobMessage.POISON), host.clock());
  }

  /** Adds a message; the consumer of this host wakes at once. Gives the message's id. */
  String add(BlobMessage message) throws IOException {
    return writer.send(name, message.wire());
  }

  /** Adds a message that is seen after a while. */
  void later(BlobMessage message, Duration delay) throws IOException {
    writer.send(name, message.wire(), delay, null);
  }

  /** Where messages are received. */
  LeasedQueue leased() {
    return queue;
  }

  /** What waits in it, and in the poison queue beside it. */
  List<Backlog> backlog() throws IOException {
    return volume.read();
  }

  /** What is not settled yet, with one call. */
  OptionalLong unsettled() throws IOException {
    return volume.unsettled();
  }

  /** Writes to queues of the host's own account. */
  QueueWriter writer() {
    return writer;
  }

  /** Calls {@code wake} whenever this host adds a message. */
  void onAdd(Runnable wake) {
    doorbell.listen(queue.url(), wake);
  }
}
