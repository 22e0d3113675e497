package dev.roost.storage.blob;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A container in memory with a clock of its own, and what happens between its pages. */
final class MemoryContainer implements Listing {
  final TreeMap<String, FoundBlob> blobs = new TreeMap<>();
  final Map<String, Integer> versions = new HashMap<>();
  Instant now = Instant.parse("2026-01-01T00:00:00Z");
  boolean exists = true;
  int pageSize = 10;
  int pages;
  Runnable beforePage = () -> {};
  int failures;

  @Override
  public Optional<Page> page(Optional<String> marker) throws IOException {
    beforePage.run();
    pages++;
    if (failures > 0) {
      failures--;
      throw new IOException("no answer");
    }
    if (!exists) {
      return Optional.empty();
    }
    List<FoundBlob> page = new ArrayList<>();
    String next = null;
    for (FoundBlob blob : blobs.tailMap(marker.orElse(""), true).values()) {
      if (page.size() == pageSize) {
        next = blob.name();
        break;
      }
      page.add(blob);
    }
    return Optional.of(
        new Page(page, Optional.ofNullable(next), now.truncatedTo(ChronoUnit.SECONDS)));
  }

  FoundBlob write(String name) {
    return write(name, Duration.ZERO);
  }

  /** Writes a version whose time is a little in the past already when it can be seen. */
  FoundBlob write(String name, Duration late) {
    return put(name, late, "BlockBlob", false);
  }

  FoundBlob put(String name, Duration late, String kind, boolean leased) {
    int version = versions.merge(name, 1, Integer::sum);
    Instant at = now.minus(late).truncatedTo(ChronoUnit.SECONDS);
    FoundBlob blob = new FoundBlob(name, "\"" + version + "\"", at, kind, leased, false);
    blobs.put(name, blob);
    return blob;
  }

  /** Changes nothing but the lease. */
  void lease(String name, boolean leased) {
    blobs.computeIfPresent(
        name,
        (_, blob) ->
            new FoundBlob(
                name, blob.etag(), blob.lastModified(), blob.kind(), leased, blob.sealed()));
  }

  void pass(Duration time) {
    now = now.plus(time);
  }
}
