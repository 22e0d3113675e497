package dev.roost.spi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * One entry of function.json's {@code bindings}.
 *
 * @param name the parameter's binding name, or {@value #RETURN} for the return value
 * @param type the binding type as written, for example {@code queueTrigger}
 * @param direction which way the data flows
 * @param properties the remaining properties verbatim; attributes at their default are absent
 */
public record BindingDefinition(
    String name, String type, Direction direction, ObjectNode properties) {

  /** The name under which function.json binds the return value. */
  public static final String RETURN = "$return";

  public BindingDefinition {
    properties = properties.deepCopy();
  }

  /** True when this binding starts the function: its type ends with {@code Trigger}. */
  public boolean isTrigger() {
    return type.regionMatches(true, type.length() - 7, "Trigger", 0, 7);
  }

  /** True when this binding takes the method's return value. */
  public boolean isReturn() {
    return name.equalsIgnoreCase(RETURN);
  }

  /** The property of this name (any case) when it is there, is scalar and is not blank. */
  public Optional<String> text(String key) {
    return property(key)
        .filter(JsonNode::isValueNode)
        .map(JsonNode::asText)
        .filter(text -> !text.isBlank());
  }

  /** The texts of an array property, or of a single one; empty when it is absent. */
  public Stream<String> texts(String key) {
    return property(key).stream()
        .flatMap(node ->
            node.isArray() ? StreamSupport.stream(node.spliterator(), false) : Stream.of(node))
        .map(JsonNode::asText);
  }

  /** The property as true or false, also when written as text; {@code fallback} when absent. */
  public boolean flag(String key, boolean fallback) {
    return property(key).map(node -> node.asBoolean(fallback)).orElse(fallback);
  }

  /** The property of this name, compared without regard to case; JSON null counts as absent. */
  public Optional<JsonNode> property(String key) {
    return properties.properties().stream()
        .filter(property -> property.getKey().equalsIgnoreCase(key))
        .map(Map.Entry::getValue)
        .filter(node -> !node.isNull())
        .findFirst();
  }
}
