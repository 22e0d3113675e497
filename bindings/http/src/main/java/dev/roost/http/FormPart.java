package dev.roost.http;

import dev.roost.spi.MultipartReader;
import io.netty.handler.codec.http.multipart.FileUpload;
import io.netty.handler.codec.http.multipart.HttpData;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * One part of a form, out of Netty's hands.
 *
 * @param size in bytes
 * @param content where it is
 */
record FormPart(
    String name,
    Optional<String> fileName,
    Optional<String> contentType,
    long size,
    Content content)
    implements MultipartReader.Part {

  /** Where the bytes are. */
  sealed interface Content {
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Memory(byte[] bytes) implements Content {}

    record Disk(Path file) implements Content {}
  }

  /** Takes a decoded part over: its bytes, or its file under a name of ours. */
  static FormPart of(HttpData data) throws IOException {
    FileUpload upload = data instanceof FileUpload file ? file : null;
    return new FormPart(
        data.getName(),
        Optional.ofNullable(upload).map(FileUpload::getFilename).flatMap(FormReader::fileName),
        Optional.ofNullable(upload).map(FileUpload::getContentType).filter(type -> !type.isEmpty()),
        data.length(),
        data.isInMemory() ? new Content.Memory(data.get()) : moved(data));
  }

  private static Content moved(HttpData data) throws IOException {
    Path file = Files.createTempFile("roost-part-", ".tmp");
    Files.move(data.getFile().toPath(), file, StandardCopyOption.REPLACE_EXISTING);
    return new Content.Disk(file);
  }

  @Override
  public InputStream open() throws IOException {
    return switch (content) {
      case Content.Memory(byte[] bytes) -> new ByteArrayInputStream(bytes);
      case Content.Disk(Path file) -> Files.newInputStream(file);
    };
  }

  @Override
  public void close() throws IOException {
    if (content instanceof Content.Disk(Path file)) {
      Files.deleteIfExists(file);
    }
  }
}
