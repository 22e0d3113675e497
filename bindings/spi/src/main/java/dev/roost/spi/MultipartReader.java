package dev.roost.spi;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * Takes the body of a {@code multipart/form-data} request apart (RFC 7578). Brought by the binding
 * that serves HTTP, found with ServiceLoader; used by many threads.
 */
public interface MultipartReader {

  /** What became of a body. */
  sealed interface Read {}

  /** The parts in order of arrival; the caller closes each. */
  record Form(List<Part> parts) implements Read {
    public Form {
      parts = List.copyOf(parts);
    }
  }

  /**
   * It is no form, or one beyond the bounds.
   *
   * @param why for the sender, in words that follow "the body"
   */
  record Malformed(String why) implements Read {}

  /** One part: in memory when it is short, in a temporary file until it is closed otherwise. */
  interface Part extends Closeable {
    String name();

    /** The last segment of the sender's name of the file; empty when the part is no file. */
    Optional<String> fileName();

    Optional<String> contentType();

    /** In bytes. */
    long size();

    /** The content from its beginning; may be called again. */
    InputStream open() throws IOException;
  }

  /**
   * Reads a body to its end; nothing is left on disk unless a form is returned.
   *
   * @param contentType the request's, with the boundary
   * @throws IOException when the body breaks off or a part can't be kept
   */
  Read read(String contentType, InputStream body) throws IOException;
}
