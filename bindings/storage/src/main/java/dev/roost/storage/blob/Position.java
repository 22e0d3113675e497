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
 * @param lastSweep the last completed sweep that was noted, for people
 */
record Position(
    Instant scanned, Map<String, Registration> functions, Optional<LastSweep> lastSweep) {
  static final Position NONE = new Position(Instant.EPOCH, Map.of(), Optional.empty());

  Position {
    functions = Map.copyOf(functions);
  }

  /**
   * A sweep that was completed.
   *
   * @param start the account's time of its first page
   * @param end the account's time of its last page
   * @param instance the host that made it
   */
  record LastSweep(Instant start, Instant end, String instance) {}

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
