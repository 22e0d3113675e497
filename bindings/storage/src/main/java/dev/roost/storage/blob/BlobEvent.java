package dev.roost.storage.blob;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roost.spi.BindingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What Event Grid tells of a blob, in its own schema or as a CloudEvent.
 *
 * @param path which blob
 * @param etag which version; may be empty
 * @param blobType {@code BlockBlob}, {@code AppendBlob} or {@code PageBlob}
 */
record BlobEvent(BlobPath path, String etag, String blobType) {
  private static final String SUBJECT = "/blobServices/default/containers/";
  private static final String BLOBS = "/blobs/";

  /** The events of a body that say that a blob was written; others are left out. */
  static List<BlobEvent> written(JsonNode body) {
    List<BlobEvent> events = new ArrayList<>();
    if (body.isArray()) {
      body.forEach(event -> of(event).ifPresent(events::add));
    } else {
      of(body).ifPresent(events::add);
    }
    return events;
  }

  private static Optional<BlobEvent> of(JsonNode event) {
    String type = event.path("eventType").asText(event.path("type").asText());
    if (!type.equals("Microsoft.Storage.BlobCreated")
        && !type.equals("Microsoft.Storage.BlobRenamed")) {
      return Optional.empty();
    }
    JsonNode data = event.path("data");
    String etag = data.path("eTag").asText();
    return path(event.path("subject").asText(), data.path("url").asText())
        .map(path ->
            new BlobEvent(
                path,
                etag.isEmpty() ? "" : FoundBlob.quoted(etag),
                data.path("blobType").asText("BlockBlob")));
  }

  private static Optional<BlobPath> path(String subject, String url) {
    int blobs = subject.indexOf(BLOBS, SUBJECT.length());
    try {
      return subject.startsWith(SUBJECT) && blobs > 0
          ? Optional.of(
              BlobPath.parse(
                  subject.substring(SUBJECT.length(), blobs)
                      + "/"
                      + subject.substring(blobs + BLOBS.length())))
          : Optional.of(BlobPath.parse(url));
    } catch (BindingException _) { // not about a blob
      return Optional.empty();
    }
  }

  /** The message that starts a function with this blob. */
  BlobMessage messageFor(BlobFunction function) {
    return new BlobMessage(function.id(), blobType, path, etag, false);
  }
}
