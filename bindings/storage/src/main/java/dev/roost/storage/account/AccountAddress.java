package dev.roost.storage.account;

import com.azure.data.tables.TableServiceClientBuilder;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.queue.QueueServiceClientBuilder;
import dev.roost.spi.BindingException;

/** Where a storage account is and how to be let in, for each of its services. */
interface AccountAddress {

  /** The setting or section it comes from. */
  String origin();

  /**
   * How somebody else reaches the blobs.
   *
   * @throws BindingException when it does not say where the blobs are
   */
  BlobAccess blobAccess() throws BindingException;

  /**
   * @throws BindingException when it does not say where the blobs are
   */
  BlobServiceClientBuilder blobs(Transports transports) throws BindingException;

  /**
   * @throws BindingException when it does not say where the queues are
   */
  QueueServiceClientBuilder queues(Transports transports) throws BindingException;

  /**
   * @throws BindingException when it does not say where the tables are
   */
  TableServiceClientBuilder tables(Transports transports) throws BindingException;
}
