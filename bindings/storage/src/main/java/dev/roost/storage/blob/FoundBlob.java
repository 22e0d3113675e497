package dev.roost.storage.blob;

import java.time.Instant;

/**
 * A blob as a listing tells it.
 *
 * @param name within its container
 * @param etag with its quotes, as receipts have it
 * @param lastModified by the account's clock, whole seconds
 * @param kind {@code BlockBlob}, {@code AppendBlob} or {@code PageBlob}
 * @param leased true while somebody holds a lease on it
 * @param sealed true for an append blob that takes no more
 */
record FoundBlob(
    String name, String etag, Instant lastModified, String kind, boolean leased, boolean sealed) {

  static final String APPEND = "AppendBlob";

  /** An ETag with exactly one pair of quotes: listings leave them out, properties don't. */
  static String quoted(String etag) {
    return etag.startsWith("\"") ? etag : "\"" + etag + "\"";
  }
}
