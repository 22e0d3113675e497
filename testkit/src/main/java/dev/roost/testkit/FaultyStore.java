package dev.roost.testkit;

import dev.roost.spi.StateStore;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** A {@link StateStore} that counts its calls and has a switch: while it is broken each throws. */
public final class FaultyStore implements StateStore {
  private final StateStore store;
  private final AtomicInteger calls = new AtomicInteger();

  /** Asked at each call. */
  public volatile BooleanSupplier broken = () -> false;

  public FaultyStore(StateStore store) {
    this.store = store;
  }

  /** How many calls were made, failed ones included. */
  public int calls() {
    return calls.get();
  }

  private StateStore reached() throws IOException {
    calls.incrementAndGet();
    if (broken.getAsBoolean()) {
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
