package dev.roost.host.keys;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * The keys of one scope that are valid now.
 *
 * @param given by the environment: they go before those stored under the same name
 * @param stored what the store has
 */
record Known(KeyDocument given, KeyDocument stored) {

  /** The valid keys of a kind. */
  List<Key> keys(KeyKind kind) {
    List<Key> all = new ArrayList<>(given.keys(kind));
    stored.keys(kind).stream().filter(key -> !given.has(kind, key.name())).forEach(all::add);
    return all;
  }

  /** True when {@code presented} is one of the keys of a kind. */
  boolean opens(KeyKind kind, String presented) {
    return opens(kind, presented, _ -> true);
  }

  /**
   * True when {@code presented} is a key of a kind whose name fits. Every key is compared to its
   * end, so that the time taken says nothing about any of them.
   */
  boolean opens(KeyKind kind, String presented, Predicate<String> name) {
    byte[] bytes = presented.getBytes(StandardCharsets.UTF_8);
    boolean found = false;
    for (Key key : keys(kind)) {
      boolean same = MessageDigest.isEqual(bytes, key.value().getBytes(StandardCharsets.UTF_8));
      found |= same && name.test(key.name());
    }
    return found;
  }
}
