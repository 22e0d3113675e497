package dev.roost.host.keys;

import java.util.Locale;
import java.util.Map;

/**
 * Keys by the official names of a Kubernetes secret: {@code host.master}, {@code
 * host.function.<key>}, {@code host.systemKey.<key>}, {@code functions.<function>.<key>}, in any
 * case.
 */
final class NamedKeys {
  static final String HOST_FUNCTION = "host.function.";
  static final String SYSTEM = "host.systemKey.";
  static final String FUNCTION = "functions.";
  static final String MASTER = "host.master";

  private NamedKeys() {}

  /** What these names and values say about a scope. */
  static KeyDocument document(Map<String, String> values, KeyScope scope) {
    KeyDocument document = KeyDocument.EMPTY;
    for (Map.Entry<String, String> entry : values.entrySet()) {
      String name = entry.getKey();
      String value = entry.getValue().strip();
      if (value.isEmpty()) {
        continue;
      }
      if (scope.isHost() && name.equalsIgnoreCase(MASTER)) {
        document = document.with(KeyKind.MASTER, new Key("master", value));
      } else if (scope.isHost() && starts(name, HOST_FUNCTION)) {
        document = document.with(KeyKind.HOST, key(name, HOST_FUNCTION, value));
      } else if (scope.isHost() && starts(name, SYSTEM)) {
        document = document.with(KeyKind.SYSTEM, key(name, SYSTEM, value));
      } else if (!scope.isHost() && starts(name, FUNCTION + scope.function() + ".")) {
        document =
            document.with(KeyKind.FUNCTION, key(name, FUNCTION + scope.function() + ".", value));
      }
    }
    return document;
  }

  /** True when this is the name of a key. */
  static boolean matches(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.equals(MASTER)
        || starts(name, HOST_FUNCTION)
        || starts(name, SYSTEM)
        || starts(name, FUNCTION);
  }

  private static Key key(String name, String prefix, String value) {
    return new Key(name.substring(prefix.length()), value);
  }

  private static boolean starts(String name, String prefix) {
    return name.length() > prefix.length()
        && name.regionMatches(true, 0, prefix, 0, prefix.length());
  }
}
