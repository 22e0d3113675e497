package dev.roost.storage.blob;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.rest.PagedResponse;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.BlobItemProperties;
import com.azure.storage.blob.models.BlobType;
import com.azure.storage.blob.models.LeaseStateType;
import com.azure.storage.blob.models.ListBlobsOptions;
import dev.roost.storage.account.StorageFault;
import java.io.IOException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Objects;
import java.util.Optional;

/** {@link Listing} of a real container: one call per page, one page in memory. */
final class ContainerListing implements Listing {
  private final BlobContainerClient container;
  private final String prefix;
  private final int pageSize;

  /**
   * @param pageSize blobs per page; at most 5,000, which is Azure's bound
   */
  ContainerListing(BlobContainerClient container, String prefix, int pageSize) {
    this.container = container;
    this.prefix = prefix;
    this.pageSize = pageSize;
  }

  @Override
  public Optional<Page> page(Optional<String> marker) throws IOException {
    try {
      return Optional.of(page(fetch(marker)));
    } catch (StorageFault e) {
      if (e.status() == 404) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private PagedResponse<BlobItem> fetch(Optional<String> marker) throws IOException {
    ListBlobsOptions options =
        new ListBlobsOptions()
            .setPrefix(prefix.isEmpty() ? null : prefix)
            .setMaxResultsPerPage(pageSize);
    return StorageFault.call(
        "list container '" + container.getBlobContainerName() + "'",
        () ->
            container
                .listBlobs(options, marker.orElse(null), null)
                .iterableByPage()
                .iterator()
                .next());
  }

  private static Page page(PagedResponse<BlobItem> answer) throws IOException {
    String date = answer.getHeaders().getValue(HttpHeaderName.DATE);
    if (date == null) {
      throw new IOException("A listing of blobs came without a Date header; is there a proxy?");
    }
    Instant at = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    String next = answer.getContinuationToken();
    return new Page(
        answer.getValue().stream().map(ContainerListing::found).toList(),
        Optional.ofNullable(next).filter(token -> !token.isEmpty()),
        at);
  }

  private static FoundBlob found(BlobItem item) {
    BlobItemProperties properties = item.getProperties();
    return new FoundBlob(
        item.getName(),
        FoundBlob.quoted(properties.getETag()),
        properties.getLastModified().toInstant(),
        Objects.requireNonNullElse(properties.getBlobType(), BlobType.BLOCK_BLOB).toString(),
        properties.getLeaseState() == LeaseStateType.LEASED,
        Boolean.TRUE.equals(properties.isSealed()));
  }
}
