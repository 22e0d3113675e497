package dev.roost.storage.blob;

import dev.roost.spi.BindingException;
import dev.roost.storage.account.StorageAccount;
import dev.roost.storage.queue.Doorbell;
import dev.roost.storage.queue.QueueWriter;
import dev.roost.storage.queue.Settlement;

/**
 * Where the messages of blobs end that no function can digest: in the account of the blob, or the
 * host's own when that one has no queues.
 */
final class PoisonQueues {
  /** The official name. */
  static final String NAME = "webjobs-blobtrigger-poison";

  private final QueueWriter own;
  private final Doorbell doorbell;
  private final int threshold;

  PoisonQueues(QueueWriter own, Doorbell doorbell, int threshold) {
    this.own = own;
    this.doorbell = doorbell;
    this.threshold = threshold;
  }

  /** How messages of blobs in this account are settled. */
  Settlement settlement(StorageAccount account) {
    return Settlement.of(threshold, NAME, writer(account));
  }

  /** How messages of no known function are settled. */
  Settlement settlement() {
    return Settlement.of(threshold, NAME, own);
  }

  private QueueWriter writer(StorageAccount account) {
    try {
      return new QueueWriter(account, doorbell);
    } catch (BindingException _) { // its connection names no queues
      return own;
    }
  }
}
