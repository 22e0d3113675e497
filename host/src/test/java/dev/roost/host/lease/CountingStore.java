package dev.roost.host.lease;

import dev.roost.spi.StateStore;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Counts the calls to a store. */
final class CountingStore implements StateStore {
  private final StateStore store;
  int calls;

  CountingStore(StateStore store) {
    this.store = store;
  }

  private StateStore counted() {
    calls++;
    return store;
  }

  @Override
  public Optional<Document> read(String path) throws IOException {
    return counted().read(path);
  }

  @Override
  public String write(String path, String content) throws IOException {
    return counted().write(path, content);
  }

  @Override
  public Optional<String> create(String path, String content) throws IOException {
    return counted().create(path, content);
  }

  @Override
  public Optional<String> replace(String path, String etag, String content) throws IOException {
    return counted().replace(path, etag, content);
  }

  @Override
  public boolean delete(String path) throws IOException {
    return counted().delete(path);
  }

  @Override
  public List<String> list(String prefix, int limit) throws IOException {
    return counted().list(prefix, limit);
  }
}
