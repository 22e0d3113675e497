package dev.roost.storage.blob;

import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * How far the scan of a container is.
 *
 * @param scanned every version of a blob that was written before this instant was taken in, for the
 *     functions that have begun; {@link Instant#EPOCH} when nothing was scanned yet
 * @param functions the functions that were seen, by id
 */
record Position(Instant scanned, Map<String, Registration> functions) {
  static final Position NONE = new Position(Instant.EPOCH, Map.of());

  Position {
    functions = Map.copyOf(functions);
  }

  /**
   * What is known of a function. Another path or another start makes it a new one.
   *
   * @param path its pattern
   * @param start where it wants to begin
   * @param from blobs before this instant don't count; empty until the account's time is known
   * @param begun true when a whole sweep was completed for it
   */
  record Registration(String path, String start, Optional<Instant> from, boolean begun) {
    boolean isFor(BlobFunction function) {
      return path.equals(function.pattern().toString())
          && start.equals(function.start().toString());
    }
  }

  /** Keeps positions for the scan that comes after this one. */
  interface Store {
    Position load() throws IOException;

    void save(Position position) throws IOException;
  }
}
