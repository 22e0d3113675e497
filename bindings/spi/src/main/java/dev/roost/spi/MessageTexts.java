package dev.roost.spi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;

/**
 * The texts of the messages that a value makes. Text that is a JSON array, or such a value, makes a
 * message of each element; a JSON object is written anew with indentation of two. Source:
 * functions-host FunctionBinding and Newtonsoft's JToken.ToString.
 */
public final class MessageTexts {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();
  private static final ObjectWriter INDENTED = MAPPER.writer(printer());

  private MessageTexts() {}

  /** Those of a text: itself when it is no JSON object or array. */
  public static List<String> of(String text) {
    String trimmed = text.strip();
    boolean looksLikeJson =
        (trimmed.startsWith("{") && trimmed.endsWith("}"))
            || (trimmed.startsWith("[") && trimmed.endsWith("]"));
    if (!looksLikeJson) {
      return List.of(text);
    }
    try {
      return of(MAPPER.readTree(trimmed));
    } catch (JsonProcessingException _) {
      return List.of(text);
    }
  }

  /** Those of a JSON value; null makes none. */
  public static List<String> of(JsonNode node) {
    if (!node.isArray()) {
      return node.isNull() ? List.of() : List.of(one(node));
    }
    List<String> each = new ArrayList<>();
    for (JsonNode element : node) {
      if (!element.isNull()) {
        each.add(one(element));
      }
    }
    return each;
  }

  /** A JSON value as one message. */
  public static String one(JsonNode node) {
    if (node.isValueNode()) {
      return node.asText();
    }
    try {
      return INDENTED.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a JSON tree can always be written", e);
    }
  }

  private static DefaultPrettyPrinter printer() {
    var indenter = new DefaultIndenter("  ", "\n");
    return new DefaultPrettyPrinter(
            Separators.createDefaultInstance()
                .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                .withObjectEmptySeparator("")
                .withArrayEmptySeparator(""))
        .withObjectIndenter(indenter)
        .withArrayIndenter(indenter);
  }
}
