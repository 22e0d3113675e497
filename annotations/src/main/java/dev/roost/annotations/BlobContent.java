package dev.roost.annotations;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The content of a blob output, with what its body alone can't say. Give it to the {@code
 * OutputBinding} or as the return value. Immutable.
 */
public final class BlobContent {
  private final Object body;
  private final Optional<String> contentType;
  private final Map<String, String> metadata;

  private BlobContent(Object body, Optional<String> contentType, Map<String, String> metadata) {
    this.body = body;
    this.contentType = contentType;
    this.metadata = Map.copyOf(metadata);
  }

  /**
   * Content whose type follows from the extension of the blob's name.
   *
   * @param body text, bytes, an {@code InputStream}, or an object that becomes JSON
   */
  public static BlobContent of(Object body) {
    return new BlobContent(Objects.requireNonNull(body), Optional.empty(), Map.of());
  }

  /** The same, of this media type, for example {@code text/csv; charset=utf-8}. */
  public BlobContent withContentType(String type) {
    return new BlobContent(body, Optional.of(type), metadata);
  }

  /** The same, with one more piece of metadata; names are letters, digits and underscores. */
  public BlobContent withMetadata(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(metadata);
    more.put(name, value);
    return new BlobContent(body, contentType, more);
  }

  /** Its body. */
  public Object body() {
    return body;
  }

  /** Its media type, when it does not follow from the blob's name. */
  public Optional<String> contentType() {
    return contentType;
  }

  /** Its metadata; unmodifiable. */
  public Map<String, String> metadata() {
    return metadata;
  }
}
