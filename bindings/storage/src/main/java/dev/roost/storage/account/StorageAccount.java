package dev.roost.storage.account;

import com.azure.data.tables.TableServiceClient;
import com.azure.storage.blob.BlobServiceClient;
import com.azure.storage.queue.QueueMessageEncoding;
import com.azure.storage.queue.QueueServiceClient;
import dev.roost.spi.BindingException;
import dev.roost.spi.HostServices;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One storage account and the clients for its services, each made when first asked for. Ask while a
 * binding is opened, so that a bad connection fails that one function; the clients are then used by
 * many threads. None of these methods does I/O; each throws when the connection does not say where
 * its service is.
 */
public final class StorageAccount {
  private final AccountAddress address;
  private final Transports transports;
  private final HostServices host;
  private final Map<Patience, BlobServiceClient> blobs = new EnumMap<>(Patience.class);
  private final Map<Patience, QueueServiceClient> queues = new EnumMap<>(Patience.class);
  private @Nullable TableServiceClient tables;

  StorageAccount(AccountAddress address, Transports transports, HostServices host) {
    this.address = address;
    this.transports = transports;
    this.host = host;
  }

  /** The setting or section that names this account; safe to show. */
  public String origin() {
    return address.origin();
  }

  /**
   * How somebody else, such as a client that an app brings, reaches the blobs.
   *
   * @throws BindingException when the connection does not say where they are
   */
  public BlobAccess blobAccess() throws BindingException {
    return address.blobAccess();
  }

  /** Blobs, with three tries of up to a minute. */
  public BlobServiceClient blobs() throws BindingException {
    return blobs(Patience.STEADY);
  }

  /** Blobs for questions of a loop that asks again: connect 3 s, answer 10 s, one try. */
  public BlobServiceClient sweptBlobs() throws BindingException {
    return blobs(Patience.POLLING);
  }

  /** Blobs for leases: connect 2 s, answer 3 s, one try. */
  public BlobServiceClient leases() throws BindingException {
    return blobs(Patience.LEASE);
  }

  /**
   * Queues, with three tries of up to a minute. Bodies are as on the wire: whoever reads or writes
   * one does the Base64.
   */
  public QueueServiceClient queues() throws BindingException {
    return queues(Patience.STEADY);
  }

  /** Queues for receiving: one try of at most 10 s, as the caller comes again. */
  public QueueServiceClient pollingQueues() throws BindingException {
    return queues(Patience.POLLING);
  }

  /** Queues for renewing a loan: connect 2 s, answer 3 s, one try. */
  public QueueServiceClient renewingQueues() throws BindingException {
    return queues(Patience.LEASE);
  }

  /** Tables, with three tries. */
  public synchronized TableServiceClient tables() throws BindingException {
    if (tables == null) {
      tables =
          address
              .tables(transports)
              .addPolicy(new StorageCalls(host, CallCause::ofTables))
              .httpClient(transports.http(Patience.STEADY))
              .retryOptions(Patience.STEADY.tables())
              .buildClient();
    }
    return tables;
  }

  synchronized BlobServiceClient blobs(Patience patience) throws BindingException {
    BlobServiceClient client = blobs.get(patience);
    if (client == null) {
      client =
          address
              .blobs(transports)
              .addPolicy(new StorageCalls(host, CallCause::ofBlobs))
              .httpClient(transports.http(patience))
              .retryOptions(patience.storage())
              .buildClient();
      blobs.put(patience, client);
    }
    return client;
  }

  private synchronized QueueServiceClient queues(Patience patience) throws BindingException {
    QueueServiceClient client = queues.get(patience);
    if (client == null) {
      client =
          address
              .queues(transports)
              .addPolicy(new StorageCalls(host, CallCause::ofQueues))
              .httpClient(transports.http(patience))
              .retryOptions(patience.storage())
              .messageEncoding(QueueMessageEncoding.NONE)
              .buildClient();
      queues.put(patience, client);
    }
    return client;
  }
}
