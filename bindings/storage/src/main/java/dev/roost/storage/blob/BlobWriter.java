package dev.roost.storage.blob;

import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClient;
import com.azure.storage.blob.models.BlobHttpHeaders;
import com.azure.storage.blob.options.BlockBlobCommitBlockListOptions;
import com.azure.storage.blob.options.BlockBlobSimpleUploadOptions;
import com.azure.storage.blob.specialized.BlockBlobClient;
import dev.roost.spi.OutgoingBlob;
import dev.roost.spi.Payload;
import dev.roost.storage.account.StorageFault;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Writes values as block blobs. Safe for use by many threads. */
final class BlobWriter {
  private static final int BLOCK = 4 * 1024 * 1024;
  private static final String BINARY = "application/octet-stream";

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
    if (value instanceof Payload.Native(OutgoingBlob(var body, var type, var metadata))) {
      write(body, new Target(path, type, BlobTrace.addedTo(metadata)));
    } else {
      write(value, new Target(path, Optional.empty(), BlobTrace.addedTo(Map.of())));
    }
  }

  /** What is written beside the bytes. */
  private record Target(BlobPath path, Optional<String> contentType, Map<String, String> metadata) {
    BlobHttpHeaders headers(String fallbackType) {
      return new BlobHttpHeaders()
          .setContentType(contentType.or(() -> ContentTypes.of(path.name())).orElse(fallbackType));
    }

    @Override
    public String toString() {
      return "blob '" + path + "'";
    }
  }

  private void write(Payload value, Target target) throws IOException {
    switch (value) {
      case Payload.Text text ->
          put(target, text.value().getBytes(StandardCharsets.UTF_8), "text/plain; charset=utf-8");
      case Payload.Bytes bytes -> put(target, bytes.value(), BINARY);
      case Payload.Json json ->
          put(target, json.value().toString().getBytes(StandardCharsets.UTF_8), "application/json");
      case Payload.Stream stream -> {
        try (InputStream in = stream.opener().open()) {
          stream(target, in);
        }
      }
      case Payload.Empty _ -> {}
      case Payload.Batch _, Payload.Native _, Payload.Broken _ ->
          throw new IOException(
              "The value for "
                  + target
                  + " is nothing that a blob can hold. Return text, bytes, a stream, an object or a"
                  + " BlobContent.");
    }
  }

  private void put(Target target, byte[] bytes, String fallbackType) throws IOException {
    BlockBlobSimpleUploadOptions options =
        new BlockBlobSimpleUploadOptions(BinaryData.fromBytes(bytes))
            .setHeaders(target.headers(fallbackType))
            .setMetadata(target.metadata());
    try {
      put(target, options);
    } catch (StorageFault e) {
      if (e.status() != 404) {
        throw e;
      }
      createContainer(target.path());
      put(target, options);
    }
  }

  private void put(Target target, BlockBlobSimpleUploadOptions options) throws IOException {
    StorageFault.call(
        "write " + target,
        () -> {
          client(target.path()).uploadWithResponse(options, null, Context.NONE);
        });
  }

  /** Stages block after block; the blob changes with the last call, or not at all. */
  private void stream(Target target, InputStream in) throws IOException {
    byte[] block = in.readNBytes(BLOCK);
    if (block.length < BLOCK) {
      put(target, block, BINARY);
      return;
    }
    BlockBlobClient blob = client(target.path());
    String upload = UUID.randomUUID().toString();
    List<String> ids = new ArrayList<>();
    for (; block.length > 0; block = in.readNBytes(BLOCK)) {
      String id = "%s-%06d".formatted(upload, ids.size());
      String encoded = Base64.getEncoder().encodeToString(id.getBytes(StandardCharsets.US_ASCII));
      stage(blob, target, encoded, block);
      ids.add(encoded);
    }
    BlockBlobCommitBlockListOptions options =
        new BlockBlobCommitBlockListOptions(ids)
            .setHeaders(target.headers(BINARY))
            .setMetadata(target.metadata());
    StorageFault.call(
        "write " + target,
        () -> {
          blob.commitBlockListWithResponse(options, null, Context.NONE);
        });
  }

  private void stage(BlockBlobClient blob, Target target, String id, byte[] block)
      throws IOException {
    try {
      stageOnce(blob, target, id, block);
    } catch (StorageFault e) {
      if (e.status() != 404) {
        throw e;
      }
      createContainer(target.path());
      stageOnce(blob, target, id, block);
    }
  }

  private static void stageOnce(BlockBlobClient blob, Target target, String id, byte[] block)
      throws IOException {
    StorageFault.call("write " + target, () -> blob.stageBlock(id, BinaryData.fromBytes(block)));
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
}
