package dev.roost.storage.account;

import dev.roost.spi.HostServices;
import dev.roost.spi.LeaseProvider;
import dev.roost.spi.StateStore;
import dev.roost.spi.StoreProvider;

/** Keeps a host's documents and leases as blobs in {@code AzureWebJobsStorage}. */
public final class BlobStores implements StoreProvider {
  /** For ServiceLoader. */
  public BlobStores() {}

  @Override
  public StateStore state(HostServices host) {
    return new BlobStateStore(new HostBlobs(StorageAccounts.of(host), StorageAccount::blobs));
  }

  @Override
  public LeaseProvider leases(HostServices host) {
    return new BlobLeases(new HostBlobs(StorageAccounts.of(host), StorageAccount::leases));
  }
}
