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

  /** Adds, subtracts and so on; two texts are joined by {@code +}. */
  static Object calculate(Object left, char sign, Object right) {
    if (sign == '+' && text(left) && text(right)) {
      return left.toString() + right;
    }
    if (!(left instanceof Number a && right instanceof Number b)) {
      throw new RuleFailure("cannot calculate " + left + " " + sign + " " + right);
    }
    if (whole(a) && whole(b)) {
      return whole(a.longValue(), sign, b.longValue());
    }
    return broken(a.doubleValue(), sign, b.doubleValue());
  }

  private static boolean whole(Number number) {
    return !(number instanceof Float || number instanceof Double || number instanceof BigDecimal);
  }

  private static long whole(long a, char sign, long b) {
    if (b == 0 && (sign == '/' || sign == '%')) {
      throw new RuleFailure("division by zero");
    }
    return switch (sign) {
      case '+' -> a + b;
      case '-' -> a - b;
      case '*' -> a * b;
      case '/' -> a / b;
      default -> a % b;
    };
  }

  private static double broken(double a, char sign, double b) {
    return switch (sign) {
      case '+' -> a + b;
      case '-' -> a - b;
      case '*' -> a * b;
      case '/' -> a / b;
      default -> a % b;
    };
  }

  private static boolean text(Object value) {
    return !(value instanceof Number || value instanceof Boolean || value instanceof Date);
  }

  /** AMQP's unsigned types are numbers that print as such. */
  static BigDecimal decimal(Number number) {
    return new BigDecimal(number.toString());
  }
}
