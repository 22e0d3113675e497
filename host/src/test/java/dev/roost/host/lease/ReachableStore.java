package dev.roost.host.lease;

import dev.roost.spi.StateStore;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** One host's way to the documents of all, while it is there. */
record ReachableStore(StateStore store, BooleanSupplier down) implements StateStore {

  private StateStore reached() throws IOException {
    if (down.getAsBoolean()) {
      throw new IOException("the store is unreachable");
    }
    return store;
  }

  @Override
  public Optional<Document> read(String path) throws IOException {
    return reached().read(path);
  }

  @Override
  public String write(String path, String content) throws IOException {
    return reached().write(path, content);
  }

  @Override
  public Optional<String> create(String path, String content) throws IOException {
    return reached().create(path, content);
  }

  @Override
  public Optional<String> replace(String path, String etag, String content) throws IOException {
    return reached().replace(path, etag, content);
  }

  @Override
  public boolean delete(String path) throws IOException {
    return reached().delete(path);
  }

  @Override
  public List<String> list(String prefix, int limit) throws IOException {
    return reached().list(prefix, limit);
  }
}
