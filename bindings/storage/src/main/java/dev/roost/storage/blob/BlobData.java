package dev.roost.storage.blob;

import com.azure.storage.blob.models.BlobProperties;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roost.spi.BindingData;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The binding data of a blob; a capture wins over a name of ours. */
final class BlobData {
  private BlobData() {}

  /**
   * {@code BlobTrigger}, {@code Uri}, {@code Properties}, {@code Metadata}, our own {@code
   * BlobChange} and the pattern's captures.
   */
  static BindingData of(
      BlobMessage message, String url, BlobProperties properties, BlobPattern pattern) {
    BlobPath path = message.path();
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    ObjectNode metadata = nodes.objectNode();
    metadata(properties).forEach(metadata::put);
    BindingData.Builder data =
        BindingData.builder()
            .text("BlobTrigger", path.toString())
            .json("Uri", nodes.textNode(url))
            .json("Properties", properties(properties))
            .json("Metadata", metadata)
            .text("BlobChange", message.isUpdate() || !isNew(properties) ? "updated" : "created");
    pattern.match(path.name()).orElse(Map.of()).forEach(data::text);
    return data.build();
  }

  /** Azure keeps the creation time of a blob that is overwritten. */
  private static boolean isNew(BlobProperties properties) {
    OffsetDateTime created = properties.getCreationTime();
    return created == null || !properties.getLastModified().isAfter(created);
  }

  /** The names of the .NET SDK's BlobProperties, which apps know. */
  private static ObjectNode properties(BlobProperties properties) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    put(json, "LastModified", properties.getLastModified());
    put(json, "CreatedOn", properties.getCreationTime());
    json.put("ETag", FoundBlob.quoted(properties.getETag()));
    json.put("BlobType", String.valueOf(properties.getBlobType()));
    json.put("ContentLength", properties.getBlobSize());
    json.put("ContentType", properties.getContentType());
    json.put("ContentEncoding", properties.getContentEncoding());
    json.put("ContentLanguage", properties.getContentLanguage());
    json.put("ContentDisposition", properties.getContentDisposition());
    json.put("CacheControl", properties.getCacheControl());
    byte[] hash = properties.getContentMd5();
    json.put("ContentHash", hash == null ? null : Base64.getEncoder().encodeToString(hash));
    if (properties.getAccessTier() != null) {
      json.put("AccessTier", properties.getAccessTier().toString());
    }
    ObjectNode metadata = json.putObject("Metadata");
    metadata(properties).forEach(metadata::put);
    return json;
  }

  private static Map<String, String> metadata(BlobProperties properties) {
    return properties.getMetadata() == null ? Map.of() : properties.getMetadata();
  }

  private static void put(ObjectNode json, String name, @Nullable OffsetDateTime time) {
    if (time != null) {
      json.put(
          name,
          DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
              time.withOffsetSameInstant(ZoneOffset.UTC)));
    }
  }
}
