package dev.roost.storage.blob;

import java.time.Instant;
import java.util.Optional;

/** A function as one scan sees it. Used by one thread at a time. */
final class Watch {
  private final BlobFunction function;
  private Optional<Instant> from;
  private boolean begun;

  private Watch(BlobFunction function, Optional<Instant> from, boolean begun) {
    this.function = function;
    this.from = from;
    this.begun = begun;
  }

  /**
   * Finds the function in a position. One that is not there is new, and its first sweep looks at
   * everything from its start on.
   */
  static Watch of(BlobFunction function, Position position) {
    Position.Registration known = position.functions().get(function.id());
    if (known != null && known.isFor(function)) {
      return new Watch(function, known.from(), known.begun());
    }
    Optional<Instant> from =
        switch (function.start()) {
          case StartFrom.Beginning _ -> Optional.of(Instant.EPOCH);
          case StartFrom.At(Instant instant) -> Optional.of(instant);
          case StartFrom.Now _ -> Optional.empty();
        };
    return new Watch(function, from, false);
  }

  BlobFunction function() {
    return function;
  }

  /** True when this function counts blobs from now on, and now is not known yet. */
  boolean isOpen() {
    return from.isEmpty();
  }

  void beginAt(Instant now) {
    from = Optional.of(now);
  }

  /** A whole sweep was completed. */
  void swept() {
    begun = true;
  }

  boolean hasBegun() {
    return begun;
  }

  /** True when this blob is the function's and may be unknown to it. */
  boolean wants(FoundBlob blob, Instant watermark) {
    return (!begun || !blob.lastModified().isBefore(watermark)) && counts(blob);
  }

  /** The cheap question first: it is asked of every blob in every sweep. */
  private boolean counts(FoundBlob blob) {
    return !blob.lastModified().isBefore(from.orElse(Instant.MAX))
        && function.pattern().match(blob.name()).isPresent();
  }

  Position.Registration registration() {
    return new Position.Registration(
        function.pattern().toString(), function.start().toString(), from, begun);
  }
}
