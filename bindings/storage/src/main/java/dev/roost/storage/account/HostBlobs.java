package dev.roost.storage.account;

import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClient;
import dev.roost.spi.BindingException;
import java.io.IOException;

/** Finds blobs of the host's own account by their full path, {@code container/name}. */
final class HostBlobs {
  private final StorageAccounts accounts;
  private final Patience patience;

  HostBlobs(StorageAccounts accounts, Patience patience) {
    this.accounts = accounts;
    this.patience = patience;
  }

  BlobContainerClient container(String path) throws IOException {
    int slash = path.indexOf('/');
    return service().getBlobContainerClient(slash < 0 ? path : path.substring(0, slash));
  }

  BlobClient blob(String path) throws IOException {
    return container(path).getBlobClient(name(path));
  }

  /** The part of the path behind the container. */
  static String name(String path) {
    return path.substring(path.indexOf('/') + 1);
  }

  void createContainer(String path) throws IOException {
    BlobContainerClient container = container(path);
    StorageFault.call(
        "create container '" + container.getBlobContainerName() + "'",
        container::createIfNotExists);
  }

  private BlobServiceClient service() throws IOException {
    try {
      return accounts.named(StorageAccounts.DEFAULT).blobs(patience);
    } catch (BindingException e) {
      throw new IOException("the host has no storage account: " + e.getMessage(), e);
    }
  }
}
