package dev.roost.host.invoke;

import dev.roost.spi.BindingException;
import dev.roost.spi.FunctionDefinition;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.Annotation;
import java.lang.classfile.AnnotationValue;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.MethodModel;
import java.lang.constant.ClassDesc;
import java.util.List;
import java.util.Optional;

/**
 * Finds the parameter whose class the app's jars lack. Reflection can't: it fails on the whole
 * class, so the bytecode is read.
 */
final class MissingType {
  private MissingType() {}

  /** What to tell of the function's first such parameter; empty when it has none. */
  static Optional<BindingException> of(FunctionDefinition definition, ClassLoader loader) {
    String entry = definition.entryPoint();
    int dot = entry.lastIndexOf('.');
    String file = entry.substring(0, dot).replace('.', '/') + ".class";
    try (InputStream in = loader.getResourceAsStream(file)) {
      return in == null
          ? Optional.empty()
          : ClassFile.of().parse(in.readAllBytes()).methods().stream()
              .filter(method -> method.methodName().equalsString(entry.substring(dot + 1)))
              .flatMap(method -> missing(method, loader).stream())
              .findFirst();
    } catch (IOException | IllegalArgumentException _) { // told by the failure itself
      return Optional.empty();
    }
  }

  private static Optional<BindingException> missing(MethodModel method, ClassLoader loader) {
    List<ClassDesc> types = method.methodTypeSymbol().parameterList();
    for (int i = 0; i < types.size(); i++) {
      ClassDesc type = types.get(i);
      while (type.isArray()) {
        type = type.componentType();
      }
      String name = type.descriptorString();
      name = name.substring(1, Math.max(1, name.length() - 1)).replace('/', '.');
      if (type.isClassOrInterface() && !has(loader, name)) {
        return Optional.of(
            new BindingException(
                "parameter " + label(method, i),
                "its type is " + name + ", which is in none of the app's jars",
                "Add the library that brings it, and what that one depends on, to the app's lib."));
      }
    }
    return Optional.empty();
  }

  private static boolean has(ClassLoader loader, String name) {
    try {
      Class.forName(name, false, loader);
      return true;
    } catch (ClassNotFoundException | LinkageError _) {
      return false;
    }
  }

  /** The binding's name in quotes, or the parameter's number from 1. */
  private static String label(MethodModel method, int index) {
    List<Annotation> annotations =
        method
            .findAttribute(Attributes.runtimeVisibleParameterAnnotations())
            .map(attribute -> attribute.parameterAnnotations())
            .filter(all -> index < all.size())
            .map(all -> all.get(index))
            .orElse(List.of());
    return annotations.stream()
        .flatMap(annotation -> annotation.elements().stream())
        .filter(element -> element.name().equalsString("name"))
        .flatMap(element ->
            element.value() instanceof AnnotationValue.OfString text
                ? Optional.of("'" + text.stringValue() + "'").stream()
                : Optional.<String>empty().stream())
        .findFirst()
        .orElse(Integer.toString(index + 1));
  }
}
