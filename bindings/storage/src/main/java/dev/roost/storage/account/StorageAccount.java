package dev.roost.storage.account;

import com.azure.data.tables.TableServiceClient;
import com.azure.storage.blob.BlobServiceClient;
import com.azure.storage.queue.QueueMessageEncoding;
import com.azure.storage.queue.QueueServiceClient;
import dev.roost.spi.BindingException;
import org.jspecify.annotations.Nullable;

/**
 * One storage account and the clients for its services, each made when first asked for. Ask while a
 * binding is opened, so that a bad connection fails that one function; the clients are then used by
 * many threads. None of these methods does I/O.
 */
public final class StorageAccount {
  private final AccountAddress address;
  private final Transports transports;
  private @Nullable BlobServiceClient blobs;
  private @Nullable BlobServiceClient leases;
  private @Nullable QueueServiceClient queues;
  private @Nullable QueueServiceClient polling;
  private @Nullable TableServiceClient tables;

  StorageAccount(AccountAddress address, Transports transports) {
    this.address = address;
    this.transports = transports;
  }

  /** The setting or section that names this account; safe to show. */
  public String origin() {
    return address.origin();
  }

  /**
   * Blobs, with three tries of up to a minute.
   *
   * @throws BindingException when the connection does not say where the blobs are
   */
  public synchronized BlobServiceClient blobs() throws BindingException {
    if (blobs == null) {
      blobs =
          address
              .blobs(transports)
              .httpClient(transports.http())
              .retryOptions(Transports.PATIENT)
              .buildClient();
    }
    return blobs;
  }

  /**
   * Blobs for leases: connect 2 s, answer 3 s, one try.
   *
   * @throws BindingException when the connection does not say where the blobs are
   */
  public synchronized BlobServiceClient leases() throws BindingException {
    if (leases == null) {
      leases =
          address
              .blobs(transports)
              .httpClient(transports.tight())
              .retryOptions(Transports.TIGHT)
              .buildClient();
    }
    return leases;
  }

  /**
   * Queues, with three tries of up to a minute. Bodies are as on the wire: whoever reads or writes
   * one does the Base64.
   *
   * @throws BindingException when the connection does not say where the queues are
   */
  public synchronized QueueServiceClient queues() throws BindingException {
    if (queues == null) {
      queues =
          address
              .queues(transports)
              .httpClient(transports.http())
              .retryOptions(Transports.PATIENT)
              .messageEncoding(QueueMessageEncoding.NONE)
              .buildClient();
    }
    return queues;
  }

  /**
   * Queues for receiving and renewing: one try of at most 10 s, as the caller comes again. Bodies
   * are as on the wire.
   *
   * @throws BindingException when the connection does not say where the queues are
   */
  public synchronized QueueServiceClient polling() throws BindingException {
    if (polling == null) {
      polling =
          address
              .queues(transports)
              .httpClient(transports.http())
              .retryOptions(Transports.ONCE)
              .messageEncoding(QueueMessageEncoding.NONE)
              .buildClient();
    }
    return polling;
  }

  /**
   * Tables, with three tries.
   *
   * @throws BindingException when the connection does not say where the tables are
   */
  public synchronized TableServiceClient tables() throws BindingException {
    if (tables == null) {
      tables =
          address
              .tables(transports)
              .httpClient(transports.http())
              .retryOptions(Transports.patientTables())
              .buildClient();
    }
    return tables;
  }
}
