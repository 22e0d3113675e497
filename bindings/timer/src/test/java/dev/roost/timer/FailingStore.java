package dev.roost.timer;

import dev.roost.spi.StateStore;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A {@link StateStore} with a switch: while it is broken every call throws. */
final class FailingStore implements StateStore {
  private final StateStore store;
  boolean broken;
  int calls;

  FailingStore(StateStore store) {
    this.store = store;
  }

  private StateStore reached() throws IOException {
    calls++;
    if (broken) {
      throw new IOException("storage is unreachable");
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
