package dev.roost.testkit;

import dev.roost.spi.HostClock;
import dev.roost.spi.StateStore;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** A {@link StateStore} in memory. */
public final class MemoryStateStore implements StateStore {
  private final TreeMap<String, Document> documents = new TreeMap<>();
  private final HostClock clock;
  private long writes;

  public MemoryStateStore(HostClock clock) {
    this.clock = clock;
  }

  @Override
  public synchronized Optional<Document> read(String path) {
    return Optional.ofNullable(documents.get(path));
  }

  @Override
  public synchronized String write(String path, String content) {
    String etag = "\"" + ++writes + "\"";
    documents.put(path, new Document(path, content, etag, clock.now()));
    return etag;
  }

  @Override
  public synchronized Optional<String> create(String path, String content) {
    return documents.containsKey(path) ? Optional.empty() : Optional.of(write(path, content));
  }

  @Override
  public synchronized Optional<String> replace(String path, String etag, String content) {
    return read(path).filter(document -> document.etag().equals(etag)).isPresent()
        ? Optional.of(write(path, content))
        : Optional.empty();
  }

  @Override
  public synchronized boolean delete(String path) {
    return documents.remove(path) != null;
  }

  @Override
  public synchronized List<String> list(String prefix, int limit) {
    return documents.tailMap(prefix).keySet().stream()
        .takeWhile(path -> path.startsWith(prefix))
        .limit(limit)
        .toList();
  }
}
