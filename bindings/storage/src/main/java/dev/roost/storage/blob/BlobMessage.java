package dev.roost.storage.blob;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roost.spi.PlainJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * A message of the internal queue: one version of a blob for one function. Official form: indented
 * JSON in Base64.
 *
 * @param functionId {@code Host.Functions.Name}
 * @param blobType {@code BlockBlob}, {@code AppendBlob} or {@code PageBlob}
 * @param path which blob
 * @param etag which version, with its quotes
 * @param isUpdate true when the function had another version before; a member of ours, written only
 *     then, which the official host does not read
 */
public record BlobMessage(
    String functionId, String blobType, BlobPath path, String etag, boolean isUpdate) {
  /** The poison queue of all blob functions; the official name. */
  public static final String POISON = "webjobs-blobtrigger-poison";

  private static final String FUNCTIONS = "Host.Functions.";
  private static final DefaultPrettyPrinter PRINTER =
      new DefaultPrettyPrinter(
              Separators.createDefaultInstance()
                  .withObjectFieldValueSpacing(Separators.Spacing.AFTER))
          .withObjectIndenter(new DefaultIndenter("  ", "\n"));

  /** The queue of the host's own account through which the blobs of an app's hosts go. */
  public static String queue(String hostId) {
    return "azure-webjobs-blobtrigger-" + hostId;
  }

  /** The function's name. */
  public String function() {
    return functionId.startsWith(FUNCTIONS) ? functionId.substring(FUNCTIONS.length()) : functionId;
  }

  /** As it travels. */
  String wire() {
    ObjectNode json =
        PlainJson.MAPPER
            .createObjectNode()
            .put("Type", "BlobTrigger")
            .put("FunctionId", functionId)
            .put("BlobType", blobType)
            .put("ContainerName", path.container())
            .put("BlobName", path.name())
            .put("ETag", etag);
    if (isUpdate) {
      json.put("Change", "updated");
    }
    try {
      byte[] text =
          PlainJson.MAPPER
              .writer(PRINTER)
              .writeValueAsString(json)
              .getBytes(StandardCharsets.UTF_8);
      return Base64.getEncoder().encodeToString(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A tree of text can always be written", e);
    }
  }

  /** Reads a body as it travels; empty when it is no such message. */
  public static Optional<BlobMessage> parse(String wire) {
    try {
      JsonNode json = PlainJson.MAPPER.readTree(Base64.getDecoder().decode(wire));
      BlobMessage message =
          new BlobMessage(
              json.path("FunctionId").asText(),
              json.path("BlobType").asText("BlockBlob"),
              new BlobPath(json.path("ContainerName").asText(), json.path("BlobName").asText()),
              json.path("ETag").asText(),
              json.path("Change").asText().equals("updated"));
      boolean complete =
          !message.functionId.isEmpty()
              && !message.path.container().isEmpty()
              && !message.path.name().isEmpty();
      return complete ? Optional.of(message) : Optional.empty();
    } catch (IllegalArgumentException | IOException _) {
      return Optional.empty();
    }
  }
}
