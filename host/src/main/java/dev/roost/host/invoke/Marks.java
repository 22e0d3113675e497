package dev.roost.host.invoke;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the annotations of a parameter say. They are read by name, never by class identity: the app
 * may bring any version of the annotation library, and annotations of its own.
 *
 * @param names the simple name of each binding annotation to the binding name that it gives
 * @param metadata the key of {@code @BindingName}
 * @param implicitOutput true when the return value answers this trigger without a {@code $return}
 */
record Marks(Map<String, String> names, Optional<String> metadata, boolean implicitOutput) {

  static Marks of(Parameter parameter) {
    Map<String, String> names = new LinkedHashMap<>();
    Optional<String> metadata = Optional.empty();
    boolean implicit = false;
    for (Annotation annotation : parameter.getAnnotations()) {
      Class<?> type = annotation.annotationType();
      if (type.getSimpleName().equals("BindingName")) {
        metadata = text(annotation, "value");
      } else {
        text(annotation, "name")
            .or(() -> meta(type, "CustomBinding").flatMap(custom -> text(custom, "name")))
            .ifPresent(name -> names.put(type.getSimpleName(), name));
        implicit |= meta(type, "HasImplicitOutput").isPresent();
      }
    }
    return new Marks(names, metadata, implicit);
  }

  /** The value of {@code @FunctionName}. */
  static Optional<String> function(AnnotatedElement method) {
    return meta(method, "FunctionName").flatMap(name -> text(name, "value"));
  }

  /** The binding names, in order of the annotations. */
  List<String> bindings() {
    return new ArrayList<>(names.values());
  }

  private static Optional<Annotation> meta(AnnotatedElement element, String simpleName) {
    for (Annotation annotation : element.getAnnotations()) {
      if (annotation.annotationType().getSimpleName().equals(simpleName)) {
        return Optional.of(annotation);
      }
    }
    return Optional.empty();
  }

  /** A non-empty text attribute; empty when the annotation has none of that name. */
  private static Optional<String> text(Annotation annotation, String attribute) {
    try {
      var method = annotation.annotationType().getDeclaredMethod(attribute);
      method.setAccessible(true);
      return method.invoke(annotation) instanceof String text && !text.isEmpty()
          ? Optional.of(text)
          : Optional.empty();
    } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException _) {
      return Optional.empty();
    }
  }
}
