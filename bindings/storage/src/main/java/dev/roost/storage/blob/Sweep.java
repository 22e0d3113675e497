package dev.roost.storage.blob;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** One walk over all pages of a container. A failed one goes on where it was. */
final class Sweep {
  private final int number;
  private final Instant start;
  private Instant end;
  private final long callsBefore;
  private Optional<String> marker = Optional.empty();
  private Instant oldestRefused = Instant.MAX;
  private int pages;
  private int blobs;
  private final AtomicInteger looked = new AtomicInteger();
  private final AtomicInteger queued = new AtomicInteger();

  /**
   * @param start the account's time of its first page
   */
  Sweep(int number, Instant start, long callsBefore) {
    this.number = number;
    this.start = start;
    this.end = start;
    this.callsBefore = callsBefore;
  }

  /**
   * What a completed sweep did.
   *
   * @param pages listing calls
   * @param blobs blobs listed
   * @param looked pairs of blob and function that were not known by heart
   * @param queued pairs that were enqueued
   * @param calls calls to the storage account, listing included
   */
  record Report(int pages, int blobs, int looked, int queued, long calls) {

    /** For logs and the health report. */
    String inWords() {
      return "%d blobs on %d pages, %d looked at, %d new, %d calls"
          .formatted(blobs, pages, looked, queued, calls);
    }
  }

  int number() {
    return number;
  }

  /** What was written before this instant and is not waiting will not be looked at again. */
  Instant horizon() {
    Instant safe = start.minus(ContainerScan.MARGIN);
    return oldestRefused.isBefore(safe) ? oldestRefused : safe;
  }

  Optional<String> marker() {
    return marker;
  }

  /** The account's time of its first page. */
  Instant start() {
    return start;
  }

  /** The account's time of its last page so far. */
  Instant end() {
    return end;
  }

  /** A page is behind us. */
  void passed(Listing.Page page) {
    end = page.at();
    marker = page.next();
    pages++;
    blobs += page.blobs().size();
  }

  /** Called by workers. */
  void looked(Intake.Verdict verdict) {
    looked.incrementAndGet();
    if (verdict == Intake.Verdict.QUEUED) {
      queued.incrementAndGet();
    }
  }

  /** There is no room to remember that this blob waits: the watermark must wait for it. */
  void refuse(FoundBlob blob) {
    if (blob.lastModified().isBefore(oldestRefused)) {
      oldestRefused = blob.lastModified();
    }
  }

  Report report(long callsNow) {
    return new Report(pages, blobs, looked.get(), queued.get(), pages + callsNow - callsBefore);
  }
}
