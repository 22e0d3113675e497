package dev.roost.storage.blob;

import com.azure.core.http.rest.PagedResponse;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.BlobProperties;
import com.azure.storage.blob.models.ListBlobsOptions;
import dev.roost.storage.account.StorageFault;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The receipts of one function, read without changing any.
 *
 * @param container {@code azure-webjobs-hosts} of the blobs' own account
 * @param hostId of the app
 * @param functionId the function's id
 */
record Receipts(BlobContainerClient container, String hostId, String functionId) {
  /** More are not searched for other versions. */
  static final int MOST_SEARCHED = 50_000;

  private static final int PAGE = 5_000;

  /**
   * A receipt.
   *
   * @param complete false while the message may not be enqueued yet
   * @param writtenOn by the account's clock
   * @param instance the host that took the blob in; empty when it was not one of ours
   * @param messageId of the message in the internal queue; empty when it was not one of ours
   */
  record Receipt(boolean complete, Instant writtenOn, String instance, String messageId) {
    String by() {
      return instance.isEmpty() ? "by a host that left no name" : "by host " + instance;
    }
  }

  /** The receipt of a version. */
  Optional<Receipt> of(BlobPath path, String etag) throws IOException {
    String name = ReceiptPath.of(hostId, functionId, etag, path.container(), path.name());
    try {
      BlobProperties properties =
          StorageFault.call(
              "read a blob receipt", () -> container.getBlobClient(name).getProperties());
      return Optional.of(
          new Receipt(
              BlobReceipts.isComplete(Optional.of(properties)),
              properties.getLastModified().toInstant(),
              noted(properties.getMetadata(), BlobReceipts.INSTANCE),
              noted(properties.getMetadata(), BlobReceipts.MESSAGE)));
    } catch (StorageFault fault) {
      if (fault.status() == 404) {
        return Optional.empty();
      }
      throw fault;
    }
  }

  private static String noted(Map<String, String> metadata, String key) {
    return metadata.entrySet().stream()
        .filter(entry -> entry.getKey().equalsIgnoreCase(key))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("");
  }

  /**
   * The versions of a blob that have a receipt, with the instants of these, the newest last. Names
   * of receipts begin with the version, so all receipts of the function are searched, up to {@link
   * #MOST_SEARCHED}.
   */
  Map<String, Instant> versions(BlobPath path) throws IOException {
    String folder = "blobreceipts/" + hostId + "/" + functionId + "/";
    ListBlobsOptions options = new ListBlobsOptions().setPrefix(folder).setMaxResultsPerPage(PAGE);
    Map<String, Instant> found = new HashMap<>();
    try {
      StorageFault.call("list blob receipts", () -> search(folder, options, path, found));
    } catch (StorageFault fault) {
      if (fault.status() != 404) {
        throw fault;
      }
    }
    Map<String, Instant> versions = new LinkedHashMap<>();
    found.entrySet().stream()
        .sorted(Map.Entry.comparingByValue())
        .forEach(entry -> versions.put(entry.getKey(), entry.getValue()));
    return versions;
  }

  private void search(
      String folder, ListBlobsOptions options, BlobPath path, Map<String, Instant> found) {
    int searched = 0;
    for (PagedResponse<BlobItem> page : container.listBlobs(options, null).iterableByPage()) {
      for (BlobItem item : page.getValue()) {
        String etag = item.getName().substring(folder.length()).split("/", 2)[0];
        String wanted = ReceiptPath.of(hostId, functionId, etag, path.container(), path.name());
        if (wanted.equals(item.getName())) {
          found.put(etag, item.getProperties().getLastModified().toInstant());
        }
      }
      searched += page.getValue().size();
      if (searched >= MOST_SEARCHED) {
        return;
      }
    }
  }
}
