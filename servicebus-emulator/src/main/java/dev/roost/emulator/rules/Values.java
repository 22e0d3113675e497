package dev.roost.emulator.rules;

import java.math.BigDecimal;
import java.util.Date;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How values of properties compare, whatever AMQP type they came as. */
final class Values {
  private Values() {}

  /** Whether they are equal; nothing equals null. */
  static boolean same(@Nullable Object left, @Nullable Object right) {
    if (left == null || right == null) {
      return false;
    }
    return compare(left, right)
        .map(order -> order == 0)
        .orElseGet(() -> Objects.equals(left, right));
  }

  /** Their order; empty when they have none. */
  static Optional<Integer> compare(Object left, Object right) {
    if (left instanceof Number a && right instanceof Number b) {
      return Optional.of(decimal(a).compareTo(decimal(b)));
    }
    if (left instanceof Date a && right instanceof Date b) {
      return Optional.of(a.toInstant().compareTo(b.toInstant()));
    }
    if (left instanceof Boolean a && right instanceof Boolean b) {
      return Optional.of(a.compareTo(b));
    }
    if (text(left) && text(right)) {
      return Optional.of(left.toString().compareTo(right.toString()));
    }
    return Optional.empty();
  }

  private static boolean text(Object value) {
    return !(value instanceof Number || value instanceof Boolean || value instanceof Date);
  }

  /** AMQP's unsigned types are numbers that print as such. */
  static BigDecimal decimal(Number number) {
    return new BigDecimal(number.toString());
  }
}
