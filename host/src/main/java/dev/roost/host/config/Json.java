package dev.roost.host.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;

/** Reads the host's own JSON files: comments and trailing commas are fine, twice a key is not. */
public final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
          .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Json() {}

  /** The tree of a text; a byte order mark is skipped, an empty text is a missing node. */
  public static JsonNode read(String text) throws JsonProcessingException {
    String body = text.startsWith("\uFEFF") ? text.substring(1) : text;
    JsonNode tree = MAPPER.readTree(body);
    return tree == null ? MissingNode.getInstance() : tree;
  }

  /** Where and why, in words that repeat nothing of the file's content but the place. */
  public static String where(JsonProcessingException e) {
    JsonLocation at = e.getLocation();
    String place =
        at == null ? "" : "line " + at.getLineNr() + ", column " + at.getColumnNr() + ": ";
    String why = e.getOriginalMessage().lines().findFirst().orElse("unexpected end");
    int start = why.indexOf(" (start marker");
    return place + (start < 0 ? why : why.substring(0, start));
  }
}
