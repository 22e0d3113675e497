package dev.roost.storage.blob;

import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.BlobServiceClient;
import com.azure.storage.blob.models.BlobRequestConditions;
import com.azure.storage.blob.specialized.BlobInputStream;
import dev.roost.spi.Payload;
import dev.roost.storage.account.StorageFault;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What a blob input gives. Apart from its provider, which every host loads: to verify this, the JVM
 * loads classes of the SDK.
 */
final class BlobContent {
  private BlobContent() {}

  /** The blob's content; empty when there is no blob. */
  static Payload read(BlobServiceClient account, BlobPath path) throws IOException {
    BlobClient blob = account.getBlobContainerClient(path.container()).getBlobClient(path.name());
    BlobInputStream first;
    try {
      first = BlobReader.open(blob, path.toString(), new BlobRequestConditions());
    } catch (StorageFault e) {
      if (e.status() == 404) {
        return Payload.EMPTY;
      }
      throw e;
    }
    // The first opening is the one that proved the blob to be there; a later one asks again.
    AtomicReference<@Nullable InputStream> opened = new AtomicReference<>(first);
    return new Payload.Stream(
        () -> {
          InputStream stream = opened.getAndSet(null);
          return stream != null
              ? stream
              : BlobReader.open(blob, path.toString(), new BlobRequestConditions());
        },
        first.getProperties().getBlobSize());
  }
}
