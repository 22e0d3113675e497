package dev.roost.spi;

import java.util.regex.Pattern;

/**
 * One setting as it is in force, and where it comes from. A value that looks like a secret is
 * masked, so that all of these may be shown to whoever may see the configuration.
 *
 * @param key as host.json, function.json or the annotation calls it, for example {@code batchSize}
 * @param value in the form in which the key would be written
 * @param origin for people: {@link #DEFAULT}, {@link #BINDING}, or a place such as {@code
 *     extensions.queues.batchSize in host.json}
 */
public record EffectiveSetting(String key, String value, String origin) {
  /** Nobody said anything. */
  public static final String DEFAULT = "default";

  /**
   * The function's own binding says so. A provider can't know whether it was read from an
   * annotation or from function.json: the host puts that word in its place.
   */
  public static final String BINDING = "binding";

  private static final String MASK = "***";
  private static final Pattern SECRET_KEY =
      Pattern.compile("(?i).*(password|secret|accountkey|signature|connectionstring)$");
  private static final Pattern SECRET_VALUE =
      Pattern.compile("(?is).*(AccountKey=|SharedAccess\\w*=|Password=|[?&]sig=|[?&]code=).*");

  public EffectiveSetting {
    if (!value.isEmpty()
        && (SECRET_KEY.matcher(key).matches() || SECRET_VALUE.matcher(value).matches())) {
      value = MASK;
    }
  }

  /** The same setting from elsewhere. */
  public EffectiveSetting from(String other) {
    return new EffectiveSetting(key, value, other);
  }
}
