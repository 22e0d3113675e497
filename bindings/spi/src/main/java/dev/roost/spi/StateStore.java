package dev.roost.spi;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Small documents that all hosts of an app share, under the official paths ({@code
 * container/path/of/document}). Every method may block for a network call and throws {@link
 * IOException} when the store can't be reached; "no" is a value.
 */
public interface StateStore {

  /**
   * A document.
   *
   * @param path its full path
   * @param content its text
   * @param etag changes with every write
   * @param lastModified when the store wrote it
   */
  record Document(String path, String content, String etag, Instant lastModified) {}

  /** The document, if it is there. */
  Optional<Document> read(String path) throws IOException;

  /** Writes whatever was there; gives the new ETag. */
  String write(String path, String content) throws IOException;

  /** Writes if nothing is there; gives the new ETag, or empty when something is. */
  Optional<String> create(String path, String content) throws IOException;

  /** Writes if the ETag is still this; gives the new ETag, or empty when it is not. */
  Optional<String> replace(String path, String etag, String content) throws IOException;

  /** Deletes; false when nothing was there. */
  boolean delete(String path) throws IOException;

  /** The paths that begin with {@code prefix}, in order, at most {@code limit}. */
  List<String> list(String prefix, int limit) throws IOException;
}
