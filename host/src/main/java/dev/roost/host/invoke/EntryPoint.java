package dev.roost.host.invoke;

import dev.roost.spi.BindingException;
import dev.roost.spi.FunctionDefinition;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/**
 * The class and the method that {@code entryPoint} means.
 *
 * @param type the class, not initialised
 * @param method a public method of it, possibly inherited
 */
record EntryPoint(Class<?> type, Method method) {
  private static final String KEY = "entryPoint";

  static EntryPoint find(FunctionDefinition definition, ClassLoader loader)
      throws BindingException {
    String text = definition.entryPoint();
    int dot = text.lastIndexOf('.');
    if (dot < 1) {
      throw new BindingException(
          KEY, "'" + text + "' names no method", "Write package.Class.method.");
    }
    Class<?> type = load(text.substring(0, dot), loader);
    return new EntryPoint(type, method(type, text.substring(dot + 1), definition));
  }

  /**
   * Loads a class by its canonical or its binary name: {@code Outer.Inner} or {@code Outer$Inner}.
   */
  private static Class<?> load(String name, ClassLoader loader) throws BindingException {
    String candidate = name;
    for (int dot = candidate.length(); dot > 0; dot = candidate.lastIndexOf('.', dot - 1)) {
      if (dot < candidate.length()) {
        candidate = candidate.substring(0, dot) + '$' + candidate.substring(dot + 1);
      }
      try {
        return Class.forName(candidate, false, loader);
      } catch (ClassNotFoundException _) {
        // A part of the name may be a class: Outer.Inner is Outer$Inner.
      }
    }
    throw new BindingException(
        KEY,
        "the class " + name + " is in none of the app's jars",
        "Rebuild the app, or correct entryPoint in function.json.");
  }

  private static Method method(Class<?> type, String name, FunctionDefinition definition)
      throws BindingException {
    List<Method> declared = named(type.getDeclaredMethods(), name);
    List<Method> candidates = declared.stream().filter(EntryPoint::isPublic).toList();
    if (candidates.isEmpty()) {
      candidates = named(type.getMethods(), name);
    }
    if (candidates.isEmpty()) {
      throw declared.isEmpty()
          ? new BindingException(
              KEY,
              type.getName() + " has no method " + name,
              "Correct entryPoint, or rebuild the app.")
          : new BindingException(
              KEY, type.getName() + "." + name + " is not public", "Make the method public.");
    }
    candidates = narrowed(candidates, method -> Marks.function(method).isPresent());
    candidates =
        narrowed(
            candidates,
            method ->
                Marks.function(method).filter(definition.name()::equalsIgnoreCase).isPresent());
    candidates = narrowed(candidates, method -> takes(method, definition));
    if (candidates.size() > 1) {
      throw new BindingException(
          KEY,
          type.getName() + " has " + candidates.size() + " methods " + name,
          "Annotate the one that is the function with @FunctionName(\""
              + definition.name()
              + "\"), or rename the others.");
    }
    return candidates.getFirst();
  }

  /** Those that match, when that helps to choose. */
  private static List<Method> narrowed(List<Method> candidates, Predicate<Method> condition) {
    List<Method> matching = candidates.stream().filter(condition).toList();
    return candidates.size() == 1 || matching.isEmpty() ? candidates : matching;
  }

  private static boolean takes(Method method, FunctionDefinition definition) {
    String trigger = definition.trigger().name();
    return Arrays.stream(method.getParameters())
        .anyMatch(parameter -> Marks.of(parameter).bindings().contains(trigger));
  }

  /** Bridge methods carry copies of the annotations, so they are left out. */
  private static List<Method> named(Method[] methods, String name) {
    return Arrays.stream(methods)
        .filter(method -> method.getName().equals(name) && !method.isSynthetic())
        .toList();
  }

  private static boolean isPublic(Method method) {
    return Modifier.isPublic(method.getModifiers());
  }
}
