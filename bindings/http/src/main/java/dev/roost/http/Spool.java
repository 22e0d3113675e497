package dev.roost.http;

import dev.roost.spi.Payload;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A long multipart body in a temporary file: uploads don't stay in memory. The function gets it as
 * a stream that can be opened more than once; the file is deleted when the request was answered.
 */
record Spool(Path file, long length) {
  private static final long BOUND = 1024 * 1024;

  /** True for a multipart body that is longer than a megabyte, or may be. */
  static boolean applies(RequestHead head, long declared) {
    return declared > BOUND
        && head.headers()
            .get(HttpHeaderNames.CONTENT_TYPE, "")
            .regionMatches(true, 0, "multipart/", 0, "multipart/".length());
  }

  /** Writes all that arrives; blocks until it is complete. */
  static Spool write(InputStream arriving) throws IOException {
    Path file = Files.createTempFile("roost-upload-", ".tmp");
    boolean complete = false;
    try (arriving) {
      long length = Files.copy(arriving, file, StandardCopyOption.REPLACE_EXISTING);
      complete = true;
      return new Spool(file, length);
    } finally {
      if (!complete) {
        Files.deleteIfExists(file);
      }
    }
  }

  Payload payload() {
    return new Payload.Stream(() -> Files.newInputStream(file), length);
  }

  void delete() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      HttpServer.LOG.log(
          System.Logger.Level.WARNING,
          "The upload file {0} could not be deleted ({1}); delete it by hand",
          file,
          e.toString());
    }
  }
}
