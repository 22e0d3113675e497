package dev.roost.storage.queue;

import com.azure.core.util.Context;
import com.azure.storage.queue.QueueClient;
import com.azure.storage.queue.models.QueueMessageItem;
import dev.roost.spi.BindingException;
import dev.roost.storage.account.StorageAccount;
import dev.roost.storage.account.StorageFault;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;

/** A queue whose messages are received on a lease and given back by verdict. */
public final class LeasedQueue {
  private final QueueClient polling;
  private final QueueClient renewing;
  private final QueueClient settling;
  private final Duration lease;
  private final Duration renewEvery;
  private volatile boolean missing;

  /**
   * Makes the clients, without I/O.
   *
   * @param lease how long a received message is ours without renewal
   * @throws BindingException when the account has no queues
   */
  public LeasedQueue(StorageAccount account, String name, Duration lease) throws BindingException {
    this.polling = account.pollingQueues().getQueueClient(name);
    this.renewing = account.renewingQueues().getQueueClient(name);
    this.settling = account.queues().getQueueClient(name);
    this.lease = lease;
    this.renewEvery = lease.dividedBy(2);
  }

  public String name() {
    return settling.getQueueName();
  }

  /** Names the queue among all accounts, for the {@link Doorbell}. */
  public String url() {
    return settling.getQueueUrl();
  }

  /** How long a received message is ours without renewal. */
  public Duration lease() {
    return lease;
  }

  /** Half of the lease. */
  public Duration renewEvery() {
    return renewEvery;
  }

  /** True when the last call to {@link #receive} found no such queue. */
  public boolean isMissing() {
    return missing;
  }

  /**
   * Receives at most {@code most} messages; none when the queue does not exist.
   *
   * @throws InterruptedException when interrupted while it waits for the answer
   */
  public List<LeasedMessage> receive(int most) throws IOException, InterruptedException {
    try {
      List<QueueMessageItem> items =
          StorageFault.call(
              "receive from queue '" + name() + "'",
              () -> polling.receiveMessages(most, lease, null, Context.NONE).stream().toList());
      missing = false;
      return items.stream().map(item -> new LeasedMessage(this, item)).toList();
    } catch (StorageFault fault) {
      if (!fault.code().equals("QueueNotFound")) {
        throw fault;
      }
      missing = true;
      return List.of();
    } catch (InterruptedIOException e) {
      Thread.interrupted();
      throw (InterruptedException) new InterruptedException(e.getMessage()).initCause(e);
    }
  }

  QueueClient renewing() {
    return renewing;
  }

  QueueClient settling() {
    return settling;
  }
}
