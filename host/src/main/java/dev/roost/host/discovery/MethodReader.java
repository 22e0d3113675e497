package dev.roost.host.discovery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roost.host.discovery.BindingTypes.BindingType;
import dev.roost.spi.BindingDefinition;
import dev.roost.spi.Direction;
import io.github.classgraph.AnnotationInfo;
import io.github.classgraph.BaseTypeSignature;
import io.github.classgraph.ClassRefTypeSignature;
import io.github.classgraph.MethodInfo;
import io.github.classgraph.MethodParameterInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Turns the annotations of one method into the bindings that azure-functions-maven-plugin would
 * write for it: those of the parameters first, then those of the method as {@code $return}, which
 * count only when it returns something. Attributes at their default are left out, arrays excepted:
 * the plugin compares those by identity and so writes them always.
 */
final class MethodReader {
  private static final String SIMPLE_CUSTOM_BINDING = "CustomBinding";

  /** Parameter types for which the plugin asks the host for a reference instead of the content. */
  private static final Set<String> DEFERRED =
      Set.of("com.azure.storage.blob.BlobClient", "com.azure.storage.blob.BlobContainerClient");

  private final AnnotationShapes shapes;

  MethodReader(AnnotationShapes shapes) {
    this.shapes = shapes;
  }

  List<BindingDefinition> bindings(MethodInfo method, FunctionProblems problems) {
    List<BindingDefinition> bindings = new ArrayList<>();
    for (MethodParameterInfo parameter : method.getParameterInfo()) {
      for (AnnotationInfo annotation : AnnotationNames.on(parameter)) {
        binding(annotation, problems)
            .map(binding -> deferred(parameter, binding))
            .ifPresent(bindings::add);
      }
    }
    if (!returnsNothing(method)) {
      for (AnnotationInfo annotation : AnnotationNames.on(method)) {
        binding(annotation, problems)
            .map(binding -> renamed(binding, BindingDefinition.RETURN))
            .ifPresent(bindings::add);
      }
      addHttpResponse(bindings);
    }
    return storageAccount(method)
        .map(account -> bindings.stream().map(b -> withConnection(b, account)).toList())
        .orElse(bindings);
  }

  private Optional<BindingDefinition> binding(
      AnnotationInfo annotation, FunctionProblems problems) {
    ObjectNode attributes = AnnotationValues.written(annotation);
    AnnotationShape shape = shapes.of(annotation);
    Optional<BindingType> known = BindingTypes.of(annotation.getName());
    if (known.isPresent()) {
      BindingType type = known.get();
      dropDefaults(attributes, shape, BindingTypes.alwaysWritten(type.type()));
      return Optional.of(definition(attributes, type.type(), type.direction(), shape));
    }
    if (AnnotationNames.simple(annotation).equalsIgnoreCase(SIMPLE_CUSTOM_BINDING)) {
      return Optional.of(custom(attributes, shape, problems));
    }
    if (shape.customBinding().isPresent()) {
      dropDefaults(attributes, shape, Set.of());
      ObjectNode all = shape.customBinding().get().deepCopy();
      all.setAll(attributes);
      return Optional.of(custom(all, shape, problems));
    }
    return Optional.empty();
  }

  private static BindingDefinition custom(
      ObjectNode attributes, AnnotationShape shape, FunctionProblems problems) {
    String type = attributes.path("type").asText();
    String direction = attributes.path("direction").asText();
    attributes.remove(List.of("type", "direction"));
    Optional<Direction> flow = Directions.parse(direction);
    if (flow.isEmpty()) {
      problems.add(
          "@CustomBinding(direction)",
          "'" + direction + "' is no direction",
          "Write \"in\", \"out\" or \"inout\".");
    }
    return definition(attributes, type, flow.orElse(Direction.IN), shape);
  }

  private static BindingDefinition definition(
      ObjectNode attributes, String type, Direction direction, AnnotationShape shape) {
    JsonNode name = attributes.remove("name");
    JsonNode fallback = shape.defaults().path("name");
    return new BindingDefinition(
        (name == null ? fallback : name).asText(), type, direction, attributes);
  }

  private static void dropDefaults(
      ObjectNode attributes, AnnotationShape shape, Set<String> alwaysWritten) {
    for (Map.Entry<String, JsonNode> fallback : shape.defaults().properties()) {
      String key = fallback.getKey();
      if (alwaysWritten.contains(key) || fallback.getValue().isArray()) {
        attributes.putIfAbsent(key, fallback.getValue());
      } else if (fallback.getValue().equals(attributes.get(key))) {
        attributes.remove(key);
      }
    }
  }

  private static BindingDefinition deferred(
      MethodParameterInfo parameter, BindingDefinition binding) {
    boolean client =
        parameter.getTypeDescriptor() instanceof ClassRefTypeSignature type
            && DEFERRED.contains(type.getFullyQualifiedClassName());
    if (!client) {
      return binding;
    }
    ObjectNode properties = binding.properties().deepCopy();
    properties.putObject("properties").put("supportsDeferredBinding", "true");
    return new BindingDefinition(binding.name(), binding.type(), binding.direction(), properties);
  }

  private static boolean returnsNothing(MethodInfo method) {
    return method.getTypeDescriptor().getResultType() instanceof BaseTypeSignature type
        && type.getType() == void.class;
  }

  private static BindingDefinition renamed(BindingDefinition binding, String name) {
    return new BindingDefinition(name, binding.type(), binding.direction(), binding.properties());
  }

  /** What an HTTP function returns is its response, unless something else takes the value. */
  private static void addHttpResponse(List<BindingDefinition> bindings) {
    boolean http = bindings.stream().anyMatch(b -> b.type().equals("httpTrigger"));
    if (http && bindings.stream().noneMatch(BindingDefinition::isReturn)) {
      bindings.add(
          new BindingDefinition(
              BindingDefinition.RETURN,
              "http",
              Direction.OUT,
              JsonNodeFactory.instance.objectNode()));
    }
  }

  private static Optional<String> storageAccount(MethodInfo method) {
    return AnnotationNames.on(method).stream()
        .filter(annotation -> AnnotationNames.isLibrary(annotation, "StorageAccount"))
        .map(annotation -> AnnotationValues.written(annotation).path("value").asText())
        .filter(account -> !account.isEmpty())
        .findFirst();
  }

  private static BindingDefinition withConnection(BindingDefinition binding, String account) {
    if (!BindingTypes.isStorage(binding.type()) || binding.text("connection").isPresent()) {
      return binding;
    }
    ObjectNode properties = binding.properties().deepCopy().put("connection", account);
    return new BindingDefinition(binding.name(), binding.type(), binding.direction(), properties);
  }
}
