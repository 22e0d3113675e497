package dev.roost.storage.blob;

import dev.roost.spi.BindingException;
import dev.roost.spi.HostServices;
import dev.roost.storage.account.StorageAccount;
import dev.roost.storage.queue.Doorbell;
import dev.roost.storage.queue.QueueWriter;
import dev.roost.storage.queue.Settlement;

/**
 * Where the messages of blobs end that no function can digest: in the account of the blob, or the
 * host's own when that one has no queues.
 */
final class PoisonQueues {
  private final HostServices host;
  private final QueueWriter own;
  private final Settlement.Limit limit;

  /**
   * @param own writes to the host's own account
   */
  PoisonQueues(HostServices host, QueueWriter own, int threshold) {
    this.host = host;
    this.own = own;
    this.limit = new Settlement.Limit(threshold, "poisonBlobThreshold");
  }

  /** How messages of a function are settled whose blobs are in this account. */
  Settlement settlement(String function, StorageAccount account) {
    return Settlement.of(host, function, limit, BlobMessage.POISON, writer(account));
  }

  /** How messages of a queue of the function's own are settled. */
  Settlement settlement(String function, StorageAccount account, String poison) {
    return Settlement.of(host, function, limit, poison, writer(account));
  }

  private QueueWriter writer(StorageAccount account) {
    try {
      return new QueueWriter(account, Doorbell.of(host));
    } catch (BindingException _) { // its connection names no queues
      return own;
    }
  }
}
