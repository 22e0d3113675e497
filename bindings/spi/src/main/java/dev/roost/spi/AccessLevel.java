package dev.roost.spi;

import java.util.Locale;
import java.util.Optional;

/** Who may call an HTTP function or endpoint: {@code authLevel} of function.json, and system. */
public enum AccessLevel {
  ANONYMOUS,
  FUNCTION,
  ADMIN,
  SYSTEM;

  /** The level of this name in any case. */
  public static Optional<AccessLevel> of(String name) {
    for (AccessLevel level : values()) {
      if (level.name().toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT))) {
        return Optional.of(level);
      }
    }
    return Optional.empty();
  }
}
