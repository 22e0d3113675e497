package dev.roost.host.schema;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.ValidationMessage;
import dev.roost.spi.Problem;
import java.util.Locale;

/**
 * Says what a validator found the way a person would. Each description in our schemas completes the
 * sentence "Write …", which gives the remedy.
 */
final class PlainWords {
  private static final int SHOWN = 60;

  private final String where;
  private final JsonNode schema;

  PlainWords(String where, JsonNode schema) {
    this.where = where;
    this.schema = schema;
  }

  Problem problem(ValidationMessage message) {
    String path = message.getInstanceLocation().toString();
    JsonPointer keyword = JsonPointer.compile(message.getSchemaLocation().getFragment().toString());
    if (message.getType().equals("required")) {
      String property = message.getProperty();
      return new Problem(
          where, path + "." + property, "is missing", remedy(property(keyword, property)));
    }
    return new Problem(
        where, path, found(message), remedy(schema.at(keyword.head()).path("description")));
  }

  private static String found(ValidationMessage message) {
    JsonNode value = message.getInstanceNode();
    return switch (message.getType()) {
      case "type" -> "is " + kind(value);
      case "minItems" -> "is an empty list";
      case "minLength" -> "is empty";
      case "minimum", "exclusiveMinimum" -> value + " is too small";
      case "maximum", "exclusiveMaximum" -> value + " is too large";
      default -> shown(value) + " does not fit";
    };
  }

  private static String kind(JsonNode value) {
    return switch (value.getNodeType()) {
      case OBJECT -> "an object";
      case ARRAY -> "a list";
      case STRING -> "a text: " + shown(value);
      case NUMBER -> "a number: " + value;
      case BOOLEAN -> value.toString();
      default -> value.getNodeType().name().toLowerCase(Locale.ROOT);
    };
  }

  private static String shown(JsonNode value) {
    String text = value.toString();
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
  }

  private static String remedy(JsonNode description) {
    return description.isTextual() ? "Write " + description.textValue() + "." : "Correct it.";
  }

  /** What the schema around a {@code required} says about that property. */
  private JsonNode property(JsonPointer required, String property) {
    for (JsonPointer at = required.head(); at != null; at = at.head()) {
      JsonNode found = schema.at(at).path("properties").path(property);
      if (found.has("description")) {
        return found.get("description");
      }
      if (found.has("$ref")) {
        return schema.at(found.get("$ref").textValue().substring(1)).path("description");
      }
    }
    return schema.path("description");
  }
}
