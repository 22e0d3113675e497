package dev.roost.storage.blob;

import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClient;
import com.azure.storage.blob.models.BlobHttpHeaders;
import com.azure.storage.blob.options.BlockBlobCommitBlockListOptions;
import com.azure.storage.blob.options.BlockBlobSimpleUploadOptions;
import com.azure.storage.blob.specialized.BlockBlobClient;
import dev.roost.spi.Payload;
import dev.roost.storage.account.StorageFault;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/** Writes values as block blobs. Safe for use by many threads. */
final class BlobWriter {
  private static final int BLOCK = 4 * 1024 * 1024;

  private final BlobServiceClient account;

  BlobWriter(BlobServiceClient account) {
    this.account = account;
  }

  /**
   * Writes a value over whatever is there; a reader sees the old blob or the whole new one.
   *
   * @throws IOException when it could not be written
   */
  void write(BlobPath path, Payload value) throws IOException {
    switch (value) {
      case Payload.Text text ->
          put(path, text.value().getBytes(StandardCharsets.UTF_8), "text/plain; charset=utf-8");
      case Payload.Bytes bytes -> put(path, bytes.value(), "application/octet-stream");
      case Payload.Json json ->
          put(path, json.value().toString().getBytes(StandardCharsets.UTF_8), "application/json");
      case Payload.Stream stream -> {
        try (InputStream in = stream.opener().open()) {
          stream(path, in);
        }
      }
      case Payload.Empty _ -> {}
      case Payload.Batch _, Payload.Native _, Payload.Broken _ ->
          throw new IOException(
              "Blob '"
                  + path
                  + "' can't be written from several values at once. Return text, bytes, a stream or"
                  + " an object.");
    }
  }

  private void put(BlobPath path, byte[] bytes, String fallbackType) throws IOException {
    BlobHttpHeaders headers = headers(path, fallbackType);
    try {
      put(path, bytes, headers);
    } catch (StorageFault e) {
      if (e.status() != 404) {
        throw e;
      }
      createContainer(path);
      put(path, bytes, headers);
    }
  }

  private void put(BlobPath path, byte[] bytes, BlobHttpHeaders headers) throws IOException {
    StorageFault.call(
        "write blob '" + path + "'",
        () ->
            client(path)
                .uploadWithResponse(
                    new BlockBlobSimpleUploadOptions(BinaryData.fromBytes(bytes))
                        .setHeaders(headers),
                    null,
                    Context.NONE));
  }

  /** Stages block after block; the blob changes with the last call, or not at all. */
  private void stream(BlobPath path, InputStream in) throws IOException {
    byte[] block = in.readNBytes(BLOCK);
    if (block.length < BLOCK) {
      put(path, block, "application/octet-stream");
      return;
    }
    BlockBlobClient blob = client(path);
    String upload = UUID.randomUUID().toString();
    List<String> ids = new ArrayList<>();
    for (; block.length > 0; block = in.readNBytes(BLOCK)) {
      String id = "%s-%06d".formatted(upload, ids.size());
      String encoded = Base64.getEncoder().encodeToString(id.getBytes(StandardCharsets.US_ASCII));
      stage(blob, path, encoded, block);
      ids.add(encoded);
    }
    StorageFault.call(
        "write blob '" + path + "'",
        () ->
            blob.commitBlockListWithResponse(
                new BlockBlobCommitBlockListOptions(ids)
                    .setHeaders(headers(path, "application/octet-stream")),
                null,
                Context.NONE));
  }

  private void stage(BlockBlobClient blob, BlobPath path, String id, byte[] block)
      throws IOException {
    try {
      stageOnce(blob, path, id, block);
    } catch (StorageFault e) {
      if (e.status() != 404) {
        throw e;
      }
      createContainer(path);
      stageOnce(blob, path, id, block);
    }
  }

  private static void stageOnce(BlockBlobClient blob, BlobPath path, String id, byte[] block)
      throws IOException {
    StorageFault.call(
        "write blob '" + path + "'", () -> blob.stageBlock(id, BinaryData.fromBytes(block)));
  }

  private void createContainer(BlobPath path) throws IOException {
    StorageFault.call(
        "create container '" + path.container() + "'", () -> container(path).createIfNotExists());
  }

  private BlockBlobClient client(BlobPath path) {
    return container(path).getBlobClient(path.name()).getBlockBlobClient();
  }

  private BlobContainerClient container(BlobPath path) {
    return account.getBlobContainerClient(path.container());
  }

  private static BlobHttpHeaders headers(BlobPath path, String fallbackType) {
    return new BlobHttpHeaders().setContentType(ContentTypes.of(path.name()).orElse(fallbackType));
  }
}
