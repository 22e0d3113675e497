package dev.roost.storage.account;

import dev.roost.spi.StateStore;
import dev.roost.testkit.Azurite;
import dev.roost.testkit.StateStoreContract;
import dev.roost.testkit.TestHost;

final class BlobStateStoreTest implements StateStoreContract {
  private final TestHost host = new TestHost();
  private final StateStore store = new BlobStores().state(host);

  BlobStateStoreTest() {
    host.values.put("AzureWebJobsStorage", Azurite.shared().connectionString());
  }

  @Override
  public StateStore store() {
    return store;
  }
}
