package dev.roost.storage.blob;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Lists a container page by page, in the order of names. */
interface Listing {

  /**
   * Reads one page.
   *
   * @param marker where it begins; empty for the first page
   * @return empty when the container does not exist
   */
  Optional<Page> page(Optional<String> marker) throws IOException;

  /**
   * One page.
   *
   * @param blobs in the order of their names
   * @param next where the next page begins; empty behind the last one
   * @param at the account's own time of the answer: no clock of ours is compared with {@link
   *     FoundBlob#lastModified}
   */
  record Page(List<FoundBlob> blobs, Optional<String> next, Instant at) {
    public Page {
      blobs = List.copyOf(blobs);
    }
  }
}
