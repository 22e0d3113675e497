package dev.roost.storage.blob;

import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.models.BlobRequestConditions;
import com.azure.storage.blob.options.BlobInputStreamOptions;
import com.azure.storage.blob.specialized.BlobInputStream;
import dev.roost.storage.account.StorageFault;
import java.io.IOException;

/** Reads blobs in pieces, so that a large one is never in memory as a whole. */
final class BlobReader {
  /** A small blob takes one request; a large one this much memory. */
  static final int PIECE = 4 * 1024 * 1024;

  private BlobReader() {}

  /**
   * Opens a blob and reads its first piece. A blob that is replaced while it is read ends in an
   * {@link IOException}: nobody sees half of one version and half of another.
   *
   * @throws StorageFault with status 404 when there is none, 412 when the conditions fail
   */
  static BlobInputStream open(BlobClient blob, String path, BlobRequestConditions conditions)
      throws IOException {
    return StorageFault.call(
        "read blob '" + path + "'",
        () ->
            blob.openInputStream(
                new BlobInputStreamOptions().setBlockSize(PIECE).setRequestConditions(conditions)));
  }
}
