package probe;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tells class and value of what a function received. */
final class Show {
  private Show() {}

  static String of(Object value) {
    return switch (value) {
      case null -> "null";
      case byte[] bytes -> "bytes(" + new String(bytes, StandardCharsets.UTF_8) + ")";
      case byte[][] several -> "byte[][]" + all(Arrays.stream(several));
      case Byte[] boxes -> "Byte[](" + boxes.length + ")";
      case Object[] array -> array.getClass().getSimpleName() + all(Arrays.stream(array));
      case Collection<?> values -> values.getClass().getSimpleName() + all(values.stream());
      case Optional<?> optional -> "Optional[" + optional.map(Show::of).orElse("") + "]";
      default -> value.getClass().getSimpleName() + "(" + value + ")";
    };
  }

  private static String all(Stream<?> values) {
    return values.map(Show::of).collect(Collectors.joining(", ", "[", "]"));
  }
}
