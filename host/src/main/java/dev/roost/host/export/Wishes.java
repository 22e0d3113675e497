package dev.roost.host.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import java.util.Optional;

/**
 * What the user says of a deployment: a flag first, then {@code roost.kubernetes} of host.json.
 *
 * @param flags by the name of their key
 * @param section {@code roost.kubernetes}
 */
public record Wishes(Map<String, String> flags, ObjectNode section) {

  /**
   * Refuses what can't be meant.
   *
   * @throws ExportException that names the key
   */
  void check() throws ExportException {
    for (Map.Entry<String, JsonNode> entry : section.properties()) {
      WishForm form = WishForm.of(entry.getKey());
      form.check("roost.kubernetes." + entry.getKey(), entry.getValue());
    }
    for (Map.Entry<String, String> entry : flags.entrySet()) {
      WishForm.of(entry.getKey()).check(entry.getKey(), TextNode.valueOf(entry.getValue()));
    }
  }

  Optional<String> text(String key) {
    return Optional.ofNullable(flags.get(key))
        .or(() ->
            section.properties().stream()
                .filter(entry -> entry.getKey().equalsIgnoreCase(key))
                .map(Map.Entry::getValue)
                .filter(JsonNode::isValueNode)
                .map(JsonNode::asText)
                .findFirst())
        .filter(value -> !value.isBlank());
  }

  String text(String key, String fallback) {
    return text(key).orElse(fallback);
  }

  /**
   * A whole number.
   *
   * @throws ExportException when it is none, or too small
   */
  int number(String key, int fallback, int least) throws ExportException {
    String text = text(key, Integer.toString(fallback)).strip();
    if (!text.matches("\\d{1,6}") || Integer.parseInt(text) < least) {
      throw new ExportException(
          "%s: '%s' is not a whole number from %d up. Change the flag, or roost.kubernetes.%s in"
                  .formatted(key, text, least, key)
              + " host.json.");
    }
    return Integer.parseInt(text);
  }

  boolean flag(String key) {
    return text(key).filter("true"::equalsIgnoreCase).isPresent();
  }
}
