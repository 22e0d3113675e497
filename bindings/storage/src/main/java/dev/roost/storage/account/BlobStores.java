package dev.roost.storage.account;

import dev.roost.spi.HostServices;
import dev.roost.spi.LeaseProvider;
import dev.roost.spi.StateStore;
import dev.roost.spi.StoreProvider;

/**
 * Keeps a host's documents and leases as blobs in {@code AzureWebJobsStorage}. No class of the SDK
 * is loaded before the first of them is asked for.
 */
public final class BlobStores implements StoreProvider {
  /** For ServiceLoader. */
  public BlobStores() {}

  @Override
  public StateStore state(HostServices host) {
    return new BlobStateStore(new HostBlobs(StorageAccounts.of(host), Patience.STEADY));
  }

  @Override
  public LeaseProvider leases(HostServices host) {
    return new BlobLeases(new HostBlobs(StorageAccounts.of(host), Patience.LEASE));
  }
}
