package dev.roost.host;

import dev.roost.spi.HostServices;
import dev.roost.spi.LeaseProvider;
import dev.roost.spi.StateStore;
import dev.roost.spi.StoreProvider;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What stands in for the stores when the class path offers none: every call says so. */
final class Stores implements StateStore, LeaseProvider {
  private Stores() {}

  static StateStore state(Optional<StoreProvider> provider, HostServices host) {
    return provider.map(store -> store.state(host)).orElseGet(Stores::new);
  }

  static LeaseProvider leases(Optional<StoreProvider> provider, HostServices host) {
    return provider.map(store -> store.leases(host)).orElseGet(Stores::new);
  }

  @Override
  public Optional<Document> read(String path) throws IOException {
    throw none();
  }

  @Override
  public String write(String path, String content) throws IOException {
    throw none();
  }

  @Override
  public Optional<String> create(String path, String content) throws IOException {
    throw none();
  }

  @Override
  public Optional<String> replace(String path, String etag, String content) throws IOException {
    throw none();
  }

  @Override
  public boolean delete(String path) throws IOException {
    throw none();
  }

  @Override
  public List<String> list(String prefix, int limit) throws IOException {
    throw none();
  }

  @Override
  public Optional<Lease> acquire(String path, Duration period) throws IOException {
    throw none();
  }

  @Override
  public boolean release(String path, String id) throws IOException {
    throw none();
  }

  private static IOException none() {
    return new IOException("this distribution has no binding that stores shared state");
  }
}
