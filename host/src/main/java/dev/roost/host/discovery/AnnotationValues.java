package dev.roost.host.discovery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.classgraph.AnnotationClassRef;
import io.github.classgraph.AnnotationEnumValue;
import io.github.classgraph.AnnotationInfo;
import io.github.classgraph.AnnotationParameterValue;
import java.lang.reflect.Array;

/**
 * The values of annotation attributes as function.json writes them: an enum by its constant's name,
 * a class by its name, an array as an array.
 */
final class AnnotationValues {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private AnnotationValues() {}

  /** The attributes that are written at the place of use, under their own names. */
  static ObjectNode written(AnnotationInfo annotation) {
    ObjectNode values = JSON.objectNode();
    for (AnnotationParameterValue value : annotation.getParameterValues(false)) {
      values.set(value.getName(), node(value.getValue()));
    }
    return values;
  }

  /** One value, from bytecode or from reflection. */
  static JsonNode node(Object value) {
    if (value.getClass().isArray()) {
      ArrayNode array = JSON.arrayNode();
      for (int i = 0; i < Array.getLength(value); i++) {
        array.add(node(Array.get(value, i)));
      }
      return array;
    }
    return switch (value) {
      case String text -> JSON.textNode(text);
      case Boolean flag -> JSON.booleanNode(flag);
      case Double number -> JSON.numberNode(number.doubleValue());
      case Float number -> JSON.numberNode(number.doubleValue());
      case Number number -> whole(number.longValue());
      case Enum<?> constant -> JSON.textNode(constant.name());
      case Class<?> type -> JSON.textNode(type.getName());
      case AnnotationEnumValue constant -> JSON.textNode(constant.getValueName());
      case AnnotationClassRef type -> JSON.textNode(type.getName());
      case AnnotationInfo nested -> written(nested);
      default -> JSON.textNode(value.toString());
    };
  }

  /** The node that Jackson makes of the same number in a file, so that the two are equal. */
  private static JsonNode whole(long number) {
    return number == (int) number ? JSON.numberNode((int) number) : JSON.numberNode(number);
  }
}
