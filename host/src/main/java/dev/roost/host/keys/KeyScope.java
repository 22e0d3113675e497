package dev.roost.host.keys;

import java.util.Locale;

/**
 * What one document of keys is about: the host, or one function.
 *
 * @param function its name in lower case; empty for the host
 */
record KeyScope(String function) {
  static final KeyScope HOST = new KeyScope("");

  static KeyScope of(String function) {
    return new KeyScope(function.toLowerCase(Locale.ROOT));
  }

  boolean isHost() {
    return function.isEmpty();
  }

  // Written out, since the JVM would put a record's together anew at each start.
  @Override
  public boolean equals(Object other) {
    return other instanceof KeyScope scope && function.equals(scope.function);
  }

  @Override
  public int hashCode() {
    return function.hashCode();
  }

  /** The name of its document. */
  String document() {
    return (isHost() ? "host" : function) + ".json";
  }
}
