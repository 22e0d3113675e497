package dev.roost.storage.account;

import com.azure.core.http.rest.PagedResponse;
import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.azure.storage.blob.models.BlobDownloadContentResponse;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.BlobRequestConditions;
import com.azure.storage.blob.models.BlockBlobItem;
import com.azure.storage.blob.models.ListBlobsOptions;
import com.azure.storage.blob.options.BlockBlobSimpleUploadOptions;
import com.azure.storage.blob.specialized.BlockBlobClient;
import dev.roost.spi.StateStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Documents as blobs of the host's own account. */
final class BlobStateStore implements StateStore {
  private static final String ANY = "*";

  private final HostBlobs blobs;

  BlobStateStore(HostBlobs blobs) {
    this.blobs = blobs;
  }

  @Override
  public Optional<Document> read(String path) throws IOException {
    BlockBlobClient blob = blobs.blob(path).getBlockBlobClient();
    try {
      BlobDownloadContentResponse answer =
          StorageFault.call(
              "read '" + path + "'",
              () -> blob.downloadContentWithResponse(null, null, null, Context.NONE));
      return Optional.of(
          new Document(
              path,
              answer.getValue().toString(),
              answer.getDeserializedHeaders().getETag(),
              answer.getDeserializedHeaders().getLastModified().toInstant()));
    } catch (StorageFault fault) {
      return noneIf(fault, 404);
    }
  }

  @Override
  public String write(String path, String content) throws IOException {
    return upload(path, content, new BlobRequestConditions());
  }

  @Override
  public Optional<String> create(String path, String content) throws IOException {
    try {
      return Optional.of(upload(path, content, new BlobRequestConditions().setIfNoneMatch(ANY)));
    } catch (StorageFault fault) {
      return noneIf(fault, 409, 412);
    }
  }

  @Override
  public Optional<String> replace(String path, String etag, String content) throws IOException {
    try {
      return Optional.of(upload(path, content, new BlobRequestConditions().setIfMatch(etag)));
    } catch (StorageFault fault) {
      return noneIf(fault, 404, 412);
    }
  }

  @Override
  public boolean delete(String path) throws IOException {
    BlockBlobClient blob = blobs.blob(path).getBlockBlobClient();
    return StorageFault.call("delete '" + path + "'", blob::deleteIfExists);
  }

  @Override
  public List<String> list(String prefix, int limit) throws IOException {
    var container = blobs.container(prefix);
    var options =
        new ListBlobsOptions()
            .setPrefix(HostBlobs.name(prefix))
            .setMaxResultsPerPage(Math.min(limit, 5000));
    try {
      return StorageFault.call(
          "list '" + prefix + "'",
          () -> {
            List<String> paths = new ArrayList<>();
            for (PagedResponse<BlobItem> page :
                container.listBlobs(options, null).iterableByPage()) {
              page.getValue()
                  .forEach(
                      item -> paths.add(container.getBlobContainerName() + "/" + item.getName()));
              if (paths.size() >= limit) {
                break;
              }
            }
            return List.copyOf(paths.subList(0, Math.min(limit, paths.size())));
          });
    } catch (StorageFault fault) {
      return noneIf(fault, 404).map(_ -> List.<String>of()).orElse(List.of());
    }
  }

  private String upload(String path, String content, BlobRequestConditions conditions)
      throws IOException {
    try {
      return uploadNow(path, content, conditions);
    } catch (StorageFault fault) {
      if (!fault.code().equals("ContainerNotFound") || conditions.getIfMatch() != null) {
        throw fault;
      }
      blobs.createContainer(path);
      return uploadNow(path, content, conditions);
    }
  }

  private String uploadNow(String path, String content, BlobRequestConditions conditions)
      throws IOException {
    BlockBlobClient blob = blobs.blob(path).getBlockBlobClient();
    var options =
        new BlockBlobSimpleUploadOptions(BinaryData.fromString(content))
            .setRequestConditions(conditions);
    BlockBlobItem item =
        StorageFault.call(
            "write '" + path + "'",
            () -> blob.uploadWithResponse(options, null, Context.NONE).getValue());
    return item.getETag();
  }

  private static <T> Optional<T> noneIf(StorageFault fault, int... expected) throws StorageFault {
    for (int status : expected) {
      if (fault.status() == status) {
        return Optional.empty();
      }
    }
    throw fault;
  }
}
