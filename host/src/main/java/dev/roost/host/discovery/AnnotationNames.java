package dev.roost.host.discovery;

import io.github.classgraph.AnnotationInfo;
import io.github.classgraph.MethodInfo;
import io.github.classgraph.MethodParameterInfo;
import java.util.List;

/** Names of annotation types as bytecode gives them. */
final class AnnotationNames {
  static final String LIBRARY = "com.microsoft.azure.functions.annotation.";
  static final String FUNCTION_NAME = LIBRARY + "FunctionName";
  static final String ROOST = "dev.roost.annotations.";

  private AnnotationNames() {}

  /** What is written on a method; ClassGraph would add what is written on those annotations. */
  static List<AnnotationInfo> on(MethodInfo method) {
    return method.getAnnotationInfo().directOnly();
  }

  /** What is written on a parameter. */
  static List<AnnotationInfo> on(MethodParameterInfo parameter) {
    return parameter.getAnnotationInfo().directOnly();
  }

  static String simple(AnnotationInfo annotation) {
    String name = annotation.getName();
    return name.substring(name.lastIndexOf('.') + 1);
  }

  static boolean isLibrary(AnnotationInfo annotation, String simpleName) {
    return annotation.getName().equals(LIBRARY + simpleName);
  }
}
