package dev.roost.spi;

import java.util.Map;
import java.util.Optional;

/**
 * The content of a blob that a function composed itself, inside a {@link Payload.Native}.
 *
 * @param body text, bytes, a stream or JSON
 * @param contentType its media type; empty when it follows from the blob's name
 * @param metadata its metadata
 */
public record OutgoingBlob(
    Payload body, Optional<String> contentType, Map<String, String> metadata) {
  public OutgoingBlob {
    metadata = Map.copyOf(metadata);
  }
}
