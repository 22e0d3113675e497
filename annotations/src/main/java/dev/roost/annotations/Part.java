package dev.roost.annotations;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** One part of a {@link MultipartForm}: a field or a file. */
public interface Part {

  /** The name of the field. */
  String name();

  /**
   * What the sender calls the file, without any folders; empty when the part is no file. Still the
   * sender's word: never a path to write to.
   */
  Optional<String> fileName();

  /** The media type that the sender gives. */
  Optional<String> contentType();

  /** The length in bytes. */
  long size();

  /** The content from its beginning, as often as asked; long parts are read from disk. */
  InputStream open() throws IOException;

  /** The whole content as UTF-8 text. */
  default String text() throws IOException {
    try (InputStream content = open()) {
      return new String(content.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
