package dev.roost.host.discovery;

import java.util.ArrayList;
import java.util.List;

/**
 * The class and method that function.json's {@code entryPoint} may mean.
 *
 * <p>azure-functions-maven-plugin writes canonical names, in which a nested class reads {@code
 * Outer.Inner}; its bytecode is called {@code Outer$Inner}. Since the text does not tell which dots
 * are which, every reading is offered.
 *
 * @param classNames the binary names that the class may have, the likeliest first
 * @param method the method's name
 */
record EntryPointName(List<String> classNames, String method) {

  EntryPointName {
    classNames = List.copyOf(classNames);
  }

  static EntryPointName of(String entryPoint) {
    int dot = entryPoint.lastIndexOf('.');
    List<String> names = new ArrayList<>();
    StringBuilder name = new StringBuilder(entryPoint.substring(0, Math.max(dot, 0)));
    names.add(name.toString());
    for (int at = name.lastIndexOf("."); at > 0; at = name.lastIndexOf(".")) {
      name.setCharAt(at, '$');
      names.add(name.toString());
    }
    return new EntryPointName(names, entryPoint.substring(dot + 1));
  }
}
