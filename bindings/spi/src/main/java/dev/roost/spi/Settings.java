package dev.roost.spi;

import java.util.Map;
import java.util.Optional;

/** The app's settings: the environment and what local.settings.json adds to it. */
public interface Settings {

  /** The value of a setting; names are compared without regard to case, {@code :} as {@code __}. */
  Optional<String> get(String name);

  /**
   * Where a setting comes from, for people: {@code NAME in the environment}, or in
   * local.settings.json.
   */
  default String origin(String name) {
    return name + " in the environment";
  }

  /**
   * The settings below a section, for example {@code accountName} of {@code Conn__accountName},
   * keyed by the rest of their names.
   */
  Map<String, String> section(String name);

  /**
   * Replaces each {@code %name%} by that setting.
   *
   * @param key the attribute that holds {@code raw}, for the error
   * @throws BindingException when a setting is missing or a {@code %} has no partner
   */
  default String fill(String key, String raw) throws BindingException {
    StringBuilder filled = new StringBuilder();
    int from = 0;
    for (int open = raw.indexOf('%'); open >= 0; open = raw.indexOf('%', from)) {
      int close = raw.indexOf('%', open + 1);
      if (close < 0) {
        throw new BindingException(
            key,
            "'" + raw + "' has a % without a partner",
            "Write %NAME% for a setting, or leave the % out.");
      }
      String name = raw.substring(open + 1, close);
      String value =
          get(name)
              .orElseThrow(() ->
                  new BindingException(
                      key,
                      "'" + raw + "' names the setting '" + name + "', which does not exist",
                      "Set "
                          + name
                          + " in the environment or in the Values of local.settings.json."));
      filled.append(raw, from, open).append(value);
      from = close + 1;
    }
    return filled.append(raw.substring(from)).toString();
  }
}
