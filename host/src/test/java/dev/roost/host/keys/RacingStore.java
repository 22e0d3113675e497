package dev.roost.host.keys;

import dev.roost.spi.StateStore;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A store before whose answers and writes something happens. */
record RacingStore(StateStore store, Event before) implements StateStore {
  /** What happens. */
  interface Event {
    void run() throws IOException;
  }

  @Override
  public Optional<Document> read(String path) throws IOException {
    Optional<Document> read = store.read(path);
    before.run();
    return read;
  }

  @Override
  public String write(String path, String content) throws IOException {
    before.run();
    return store.write(path, content);
  }

  @Override
  public Optional<String> create(String path, String content) throws IOException {
    before.run();
    return store.create(path, content);
  }

  @Override
  public Optional<String> replace(String path, String etag, String content) throws IOException {
    before.run();
    return store.replace(path, etag, content);
  }

  @Override
  public boolean delete(String path) throws IOException {
    before.run();
    return store.delete(path);
  }

  @Override
  public List<String> list(String prefix, int limit) throws IOException {
    before.run();
    return store.list(prefix, limit);
  }
}
