package dev.roost.host;

import dev.roost.spi.EffectiveSetting;
import java.util.List;
import java.util.Optional;

/**
 * The settings that one function obeys, secrets masked: what {@code roost validate --explain}
 * shows.
 *
 * @param function its name
 * @param trigger the type of its trigger
 * @param settings in an order for people; empty when they can't be read
 * @param problem why they can't be read
 */
public record FunctionSettings(
    String function, String trigger, List<EffectiveSetting> settings, Optional<String> problem) {

  public FunctionSettings {
    settings = List.copyOf(settings);
  }
}
