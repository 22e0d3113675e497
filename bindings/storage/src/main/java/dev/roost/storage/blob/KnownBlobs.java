package dev.roost.storage.blob;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What one scan knows by heart, so that it need not look at receipts again: the versions that are
 * newer than the watermark and done, and the blobs that have to come again. Both are bounded,
 * however large the container is.
 */
final class KnownBlobs {
  /** Beyond it a blob costs a look at its receipts in each sweep until the watermark passes it. */
  static final int MOST_DONE = 100_000;

  /** Beyond it the watermark waits for the oldest. */
  static final int MOST_WAITING = 10_000;

  private record Done(String etag, Instant lastModified) {}

  private record Waiting(Instant since, List<Watch> watches, int sweep) {}

  private final Map<String, Done> done = new HashMap<>();
  private final Map<String, Waiting> waiting = new HashMap<>();

  /** True when this version needs no look. */
  boolean has(FoundBlob blob) {
    Done version = done.get(blob.name());
    return version != null && version.etag().equals(blob.etag());
  }

  /** True when the blob, this or an older version, has to come again for this function. */
  boolean waits(FoundBlob blob, Watch watch) {
    Waiting entry = waiting.get(blob.name());
    return entry != null && entry.watches().contains(watch);
  }

  /** This version is done for all functions. */
  void done(FoundBlob blob, Sweep sweep) {
    waiting.remove(blob.name());
    if (!blob.lastModified().isBefore(sweep.horizon())
        && (done.size() < MOST_DONE || done.containsKey(blob.name()))) {
      done.put(blob.name(), new Done(blob.etag(), blob.lastModified()));
    }
  }

  /** The blob has to come again for these functions. */
  void wait(FoundBlob blob, List<Watch> watches, Sweep sweep) {
    Waiting before = waiting.get(blob.name());
    if (before == null && waiting.size() >= MOST_WAITING) {
      sweep.refuse(blob);
    } else {
      Instant since = before == null ? blob.lastModified() : before.since();
      waiting.put(blob.name(), new Waiting(since, List.copyOf(watches), sweep.number()));
    }
  }

  /** The blob is there and needs no look. */
  void seen(FoundBlob blob, Sweep sweep) {
    waiting.computeIfPresent(
        blob.name(), (_, entry) -> new Waiting(entry.since(), entry.watches(), sweep.number()));
  }

  /** After a sweep: forgets what the watermark covers and what is not there any more. */
  void forget(Sweep sweep, Instant watermark) {
    done.values().removeIf(version -> version.lastModified().isBefore(watermark));
    waiting.values().removeIf(entry -> entry.sweep() != sweep.number());
  }

  int size() {
    return done.size() + waiting.size();
  }

  /** When the oldest blob that waits was written; {@link Instant#MAX} when none waits. */
  Instant oldestWaiting() {
    return waiting.values().stream()
        .map(Waiting::since)
        .min(Instant::compareTo)
        .orElse(Instant.MAX);
  }
}
