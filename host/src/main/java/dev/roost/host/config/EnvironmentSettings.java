package dev.roost.host.config;

import dev.roost.spi.Settings;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Settings from a map of environment variables: names without regard to case, {@code :} and {@code
 * __} alike. Immutable.
 */
public final class EnvironmentSettings implements Settings {
  private final TreeMap<String, String> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  private final Set<String> local = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

  /** Takes a copy. */
  public EnvironmentSettings(Map<String, String> environment) {
    this(environment, Set.of());
  }

  /**
   * Takes a copy.
   *
   * @param local the names of those that came from a local.settings.json
   */
  public EnvironmentSettings(Map<String, String> environment, Set<String> local) {
    environment.forEach((name, value) -> values.put(canonical(name), value));
    local.forEach(name -> this.local.add(canonical(name)));
  }

  @Override
  public String origin(String name) {
    String key = canonical(name);
    String written = values.containsKey(key) ? values.floorKey(key) : name;
    return written + (local.contains(key) ? " in local.settings.json" : " in the environment");
  }

  @Override
  public Optional<String> get(String name) {
    return Optional.ofNullable(values.get(canonical(name)));
  }

  @Override
  public Map<String, String> section(String name) {
    String prefix = canonical(name) + "__";
    TreeMap<String, String> section = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    values
        .tailMap(prefix)
        .forEach((key, value) -> {
          if (startsWith(key, prefix)) {
            section.put(key.substring(prefix.length()), value);
          }
        });
    return Collections.unmodifiableMap(section);
  }

  /** The settings whose names begin so, by their names in upper case. */
  public Map<String, String> startingWith(String prefix) {
    Map<String, String> found = new TreeMap<>();
    values
        .tailMap(prefix)
        .forEach((name, value) -> {
          if (startsWith(name, prefix)) {
            found.put(name.toUpperCase(Locale.ROOT), value);
          }
        });
    return found;
  }

  /** The value of a setting that says yes: {@code 1} or {@code true}. */
  public boolean isOn(String name) {
    String value = get(name).orElse("").strip().toLowerCase(Locale.ROOT);
    return value.equals("1") || value.equals("true");
  }

  private static boolean startsWith(String key, String prefix) {
    return key.regionMatches(true, 0, prefix, 0, prefix.length());
  }

  private static String canonical(String name) {
    return name.replace(":", "__");
  }
}
