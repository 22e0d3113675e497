package dev.roost.spi;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;

/**
 * What a provider is told when it opens a binding of a function.
 *
 * @param function the whole function
 * @param binding the binding to open
 * @param host the host's services
 */
public record BindingContext(
    FunctionDefinition function, BindingDefinition binding, HostServices host) {

  /**
   * A required attribute with its {@code %settings%} filled in.
   *
   * @throws BindingException when it is absent or names a setting that does not exist
   */
  public String required(String key) throws BindingException {
    String raw =
        binding
            .text(key)
            .orElseThrow(() ->
                new BindingException(
                    key,
                    "the " + binding.type() + " binding '" + binding.name() + "' has no " + key,
                    "Give the annotation or function.json a non-empty " + key + "."));
    return host.settings().fill(key, raw);
  }

  /**
   * An optional attribute with its {@code %settings%} filled in; {@code fallback} when absent.
   *
   * @throws BindingException when it names a setting that does not exist
   */
  public String optional(String key, String fallback) throws BindingException {
    String raw = binding.text(key).orElse(fallback);
    return host.settings().fill(key, raw);
  }

  /**
   * An optional attribute as it is in force.
   *
   * @throws BindingException as {@link #optional}
   */
  public EffectiveSetting effective(String key, String fallback) throws BindingException {
    return new EffectiveSetting(
        key,
        optional(key, fallback),
        binding.text(key).isPresent() ? EffectiveSetting.BINDING : EffectiveSetting.DEFAULT);
  }

  /**
   * A setting as it is in force, with the first place that has the key: the function's own section
   * of host.json, the section of an extension, the binding.
   *
   * @param extension without {@code extensions.}; empty for none
   */
  public EffectiveSetting effective(String extension, String key, Object value) {
    String text = value instanceof Duration span ? TimeSpans.text(span) : value.toString();
    String origin =
        has(host.functionSettings(function.name()), key)
            ? host.origin("roost.functions." + function.name() + "." + key)
            : !extension.isEmpty() && has(host.extension(extension), key)
                ? host.origin("extensions." + extension + "." + key)
                : binding.property(key).isPresent()
                    ? EffectiveSetting.BINDING
                    : EffectiveSetting.DEFAULT;
    return new EffectiveSetting(key, text, origin);
  }

  private static boolean has(ObjectNode section, String key) {
    return section.properties().stream()
        .anyMatch(entry -> entry.getKey().equalsIgnoreCase(key) && !entry.getValue().isNull());
  }
}
