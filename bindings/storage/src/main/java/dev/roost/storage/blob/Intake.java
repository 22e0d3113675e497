package dev.roost.storage.blob;

import java.io.IOException;

/** Takes found blobs in: each version of a blob goes to each function once. */
interface Intake {

  /**
   * Leaves a receipt and enqueues, unless that was done before. Called by several threads.
   *
   * @param maybeOld true when a receipt is likely to be there already
   * @throws IOException when the account can't be reached
   */
  Verdict take(FoundBlob blob, BlobFunction function, boolean maybeOld) throws IOException;

  /** How many calls to the storage accounts were made so far. */
  long calls();

  /** What became of a blob. */
  enum Verdict {
    /** Its message is in the queue now. */
    QUEUED,
    /** It has a receipt already. */
    KNOWN,
    /** Somebody else is at it, or it can't be taken in now: come again. */
    LATER
  }
}
