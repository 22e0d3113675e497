package dev.roost.host.discovery;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.azure.functions.annotation.CustomBinding;
import io.github.classgraph.AnnotationInfo;
import io.github.classgraph.AnnotationParameterValue;
import io.github.classgraph.ClassInfo;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The shapes of the annotation types that an app uses: from the app's own bytecode when it brings
 * the type, so that its version's defaults count, else from the host's copy of Microsoft's library.
 */
final class AnnotationShapes {
  private static final String CUSTOM_BINDING = AnnotationNames.LIBRARY + "CustomBinding";

  private final Map<String, AnnotationShape> known = new HashMap<>();

  AnnotationShape of(AnnotationInfo annotation) {
    return known.computeIfAbsent(annotation.getName(), name -> read(name, annotation));
  }

  private static AnnotationShape read(String name, AnnotationInfo annotation) {
    ClassInfo type = annotation.getClassInfo();
    if (type != null && !type.isExternalClass()) {
      return fromBytecode(type);
    }
    if (name.startsWith(AnnotationNames.LIBRARY)) {
      try {
        return fromHost(Class.forName(name, false, AnnotationShapes.class.getClassLoader()));
      } catch (ClassNotFoundException e) {
        return nothing();
      }
    }
    return nothing();
  }

  private static AnnotationShape nothing() {
    return new AnnotationShape(JsonNodeFactory.instance.objectNode(), Optional.empty());
  }

  private static AnnotationShape fromBytecode(ClassInfo type) {
    ObjectNode defaults = JsonNodeFactory.instance.objectNode();
    for (AnnotationParameterValue value : type.getAnnotationDefaultParameterValues()) {
      defaults.set(value.getName(), AnnotationValues.node(value.getValue()));
    }
    AnnotationInfo custom = type.getAnnotationInfo().directOnly().get(CUSTOM_BINDING);
    return new AnnotationShape(
        defaults, Optional.ofNullable(custom).map(AnnotationValues::written));
  }

  private static AnnotationShape fromHost(Class<?> type) {
    ObjectNode defaults = JsonNodeFactory.instance.objectNode();
    for (Method attribute : type.getDeclaredMethods()) {
      @Nullable Object value = attribute.getDefaultValue();
      if (value != null) {
        defaults.set(attribute.getName(), AnnotationValues.node(value));
      }
    }
    return new AnnotationShape(defaults, customBindingOn(type));
  }

  private static Optional<ObjectNode> customBindingOn(Class<?> type) {
    for (Annotation annotation : type.getDeclaredAnnotations()) {
      if (annotation instanceof CustomBinding customBinding) {
        return Optional.of(
            JsonNodeFactory.instance
                .objectNode()
                .put("name", customBinding.name())
                .put("type", customBinding.type())
                .put("direction", customBinding.direction()));
      }
    }
    return Optional.empty();
  }
}
