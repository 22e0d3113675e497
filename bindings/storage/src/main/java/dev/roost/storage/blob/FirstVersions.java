package dev.roost.storage.blob;

import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.models.BlobRequestConditions;
import com.azure.storage.blob.options.BlockBlobSimpleUploadOptions;
import dev.roost.storage.account.StorageFault;
import java.io.IOException;
import java.util.Map;

/**
 * Remembers, per function and name, the first version that was taken in: what tells a blob that was
 * created from one that was updated. The creation time of a blob can't, since the emulator makes it
 * anew with each write.
 */
final class FirstVersions {
  private static final BinaryData NOTHING = BinaryData.fromBytes(new byte[0]);
  private static final String VERSION = "version";

  private final BlobContainerClient container;
  private final String hostId;

  /**
   * @param container {@code azure-webjobs-hosts} of the blobs' own account
   */
  FirstVersions(BlobContainerClient container, String hostId) {
    this.container = container;
    this.hostId = hostId;
  }

  /** True when no other version of this blob was taken in for the function before. */
  boolean isFirst(String functionId, BlobPath path, String etag) throws IOException {
    BlobClient marker = container.getBlobClient(ReceiptPath.ofFirst(hostId, functionId, path));
    String version = etag.replace("\"", "");
    BlockBlobSimpleUploadOptions options =
        new BlockBlobSimpleUploadOptions(NOTHING)
            .setMetadata(Map.of(VERSION, version))
            .setRequestConditions(new BlobRequestConditions().setIfNoneMatch("*"));
    try {
      StorageFault.call(
          "note the first version of blob '" + path + "'",
          () -> {
            marker.getBlockBlobClient().uploadWithResponse(options, null, Context.NONE);
          });
      return true;
    } catch (StorageFault fault) {
      if (fault.status() != 409 && fault.status() != 412) {
        throw fault;
      }
      // After a crash the same version comes once more.
      return version.equals(noted(marker, path));
    }
  }

  private static String noted(BlobClient marker, BlobPath path) throws IOException {
    return StorageFault.call(
        "read the first version of blob '" + path + "'",
        () -> marker.getProperties().getMetadata().getOrDefault(VERSION, ""));
  }
}
