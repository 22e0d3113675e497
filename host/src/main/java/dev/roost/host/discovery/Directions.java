package dev.roost.host.discovery;

import dev.roost.spi.Direction;
import java.util.Arrays;
import java.util.Optional;

/** Reads the {@code direction} of a binding, in any case. */
final class Directions {
  private Directions() {}

  static Optional<Direction> parse(String text) {
    return Arrays.stream(Direction.values())
        .filter(direction -> direction.json().equalsIgnoreCase(text))
        .findFirst();
  }
}
