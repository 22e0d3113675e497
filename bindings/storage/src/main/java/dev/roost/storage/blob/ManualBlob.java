package dev.roost.storage.blob;

import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.models.BlobProperties;
import com.azure.storage.blob.models.BlobRequestConditions;
import dev.roost.spi.BindingException;
import dev.roost.spi.Delivery;
import dev.roost.spi.ManualDelivery;
import dev.roost.spi.Payload;
import dev.roost.storage.account.StorageFault;
import java.io.IOException;

/** Runs a function by hand with a blob that is there; no receipt is written for it. */
final class ManualBlob {
  private ManualBlob() {}

  /**
   * The event.
   *
   * @param input {@code container/name} of the blob
   * @throws IOException when the input names no blob that is there
   */
  static Delivery of(BlobFunction function, Payload input) throws IOException {
    BlobPath path = path(input instanceof Payload.Text(String text) ? text.strip() : "");
    BlobClient blob =
        function.blobs().getBlobContainerClient(path.container()).getBlobClient(path.name());
    BlobProperties properties =
        StorageFault.call("read properties of blob '" + path + "'", blob::getProperties);
    BlobRequestConditions sameVersion =
        new BlobRequestConditions().setIfMatch(properties.getETag());
    BlobMessage meant =
        new BlobMessage(
            function.id(),
            String.valueOf(properties.getBlobType()),
            path,
            properties.getETag(),
            false);
    return new ManualDelivery(
        function.name(),
        new Payload.Stream(
            () -> BlobReader.open(blob, path.toString(), sameVersion), properties.getBlobSize()),
        BlobData.of(meant, blob.getBlobUrl(), properties, function.pattern()));
  }

  private static BlobPath path(String text) throws IOException {
    try {
      return BlobPath.parse(text);
    } catch (BindingException e) {
      throw new IOException("the input " + e.getMessage(), e);
    }
  }
}
