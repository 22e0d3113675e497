package dev.roost.host.discovery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roost.spi.BindingDefinition;
import io.github.classgraph.AnnotationInfo;
import io.github.classgraph.MethodInfo;
import io.github.classgraph.MethodParameterInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What annotations of {@code dev.roost.annotations} on a method or its parameters add to the
 * function's trigger. Each attribute that is written becomes a property under its own name, {@code
 * value} under the annotation's name with a small first letter; an annotation without a written
 * attribute becomes {@code <name>: true}. A property that the trigger has already is left alone.
 * Beside the annotations, one parameter type says something: an {@code HttpRequestMessage} of an
 * {@code InputStream} is read while it arrives, so its trigger gets the {@code dataType} {@code
 * stream}.
 */
final class RoostAnnotations {
  private static final Pattern STREAMING =
      Pattern.compile(
          "\\.HttpRequestMessage<(java\\.util\\.Optional<)?java\\.io\\.InputStream>{1,2}$");
  private static final String SINGLETON = "singleton";

  private RoostAnnotations() {}

  static List<BindingDefinition> addTo(List<BindingDefinition> bindings, MethodInfo method) {
    return addTo(bindings, read(method));
  }

  static List<BindingDefinition> addTo(List<BindingDefinition> bindings, ObjectNode additions) {
    if (additions.isEmpty()) {
      return bindings;
    }
    List<BindingDefinition> completed = new ArrayList<>();
    for (BindingDefinition binding : bindings) {
      completed.add(binding.isTrigger() ? completed(binding, additions) : binding);
    }
    return completed;
  }

  /** The properties that a method's annotations stand for. */
  static ObjectNode read(MethodInfo method) {
    ObjectNode properties = JsonNodeFactory.instance.objectNode();
    Stream.concat(
            AnnotationNames.on(method).stream(),
            Stream.of(method.getParameterInfo()).map(AnnotationNames::on).flatMap(List::stream))
        .filter(annotation -> annotation.getName().startsWith(AnnotationNames.ROOST))
        .forEach(annotation -> put(properties, annotation));
    if (Stream.of(method.getParameterInfo()).anyMatch(RoostAnnotations::streams)) {
      properties.put("dataType", "stream");
    }
    return properties;
  }

  /** True for an HTTP trigger's {@code HttpRequestMessage<InputStream>}, or one of an Optional. */
  private static boolean streams(MethodParameterInfo parameter) {
    boolean http =
        AnnotationNames.on(parameter).stream()
            .anyMatch(annotation -> AnnotationNames.simple(annotation).equals("HttpTrigger"));
    String type = http ? parameter.getTypeSignatureOrTypeDescriptor().toString() : "";
    return STREAMING.matcher(type).find();
  }

  private static void put(ObjectNode properties, AnnotationInfo annotation) {
    String simple = AnnotationNames.simple(annotation);
    String name = simple.substring(0, 1).toLowerCase(Locale.ROOT) + simple.substring(1);
    ObjectNode attributes = AnnotationValues.written(annotation);
    if (attributes.isEmpty() || name.equals(SINGLETON)) {
      // A singleton with a wait limit alone is one of the whole function.
      properties.put(name, true);
    }
    for (Map.Entry<String, JsonNode> attribute : attributes.properties()) {
      properties.set(
          attribute.getKey().equals("value") ? name : attribute.getKey(), attribute.getValue());
    }
  }

  private static BindingDefinition completed(BindingDefinition trigger, ObjectNode additions) {
    ObjectNode properties = trigger.properties().deepCopy();
    for (Map.Entry<String, JsonNode> addition : additions.properties()) {
      if (trigger.property(addition.getKey()).isEmpty()) {
        properties.set(addition.getKey(), addition.getValue());
      }
    }
    return new BindingDefinition(trigger.name(), trigger.type(), trigger.direction(), properties);
  }
}
