package dev.roost.host.discovery;

import dev.roost.spi.FunctionDefinition;
import java.util.ArrayList;
import java.util.List;

/**
 * The method that function.json's {@code entryPoint} names.
 *
 * <p>azure-functions-maven-plugin writes canonical names, in which a nested class reads {@code
 * Outer.Inner}; a class loader wants {@code Outer$Inner}. Since the text does not tell which dots
 * are which, every reading is offered.
 *
 * @param classNames the binary names that the class may have, the likeliest first
 * @param method the method's name
 */
public record EntryPoint(List<String> classNames, String method) {

  public EntryPoint {
    classNames = List.copyOf(classNames);
  }

  /** The entry point of a function. */
  public static EntryPoint of(FunctionDefinition function) {
    return of(function.entryPoint());
  }

  static EntryPoint of(String entryPoint) {
    int dot = entryPoint.lastIndexOf('.');
    List<String> names = new ArrayList<>();
    StringBuilder name = new StringBuilder(entryPoint.substring(0, Math.max(dot, 0)));
    names.add(name.toString());
    for (int at = name.lastIndexOf("."); at > 0; at = name.lastIndexOf(".")) {
      name.setCharAt(at, '$');
      names.add(name.toString());
    }
    return new EntryPoint(names, entryPoint.substring(dot + 1));
  }

  /**
   * The class, not initialised.
   *
   * @throws ClassNotFoundException if the loader finds none of the names; the message has the first
   */
  public Class<?> load(ClassLoader loader) throws ClassNotFoundException {
    for (String name : classNames) {
      try {
        return Class.forName(name, false, loader);
      } catch (ClassNotFoundException _) {
        // the next reading of the name may be the right one
      }
    }
    throw new ClassNotFoundException(classNames.getFirst());
  }
}
