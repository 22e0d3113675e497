package dev.roost.host.invoke;

import dev.roost.spi.Payload;
import java.util.Map;
import java.util.function.Function;

/** Converters to the primitive numbers and their boxes. */
final class Numbers {
  private static final Map<Class<?>, Function<String, Number>> PARSERS =
      Map.ofEntries(
          Map.entry(int.class, Integer::valueOf),
          Map.entry(Integer.class, Integer::valueOf),
          Map.entry(long.class, Long::valueOf),
          Map.entry(Long.class, Long::valueOf),
          Map.entry(short.class, Short::valueOf),
          Map.entry(Short.class, Short::valueOf),
          Map.entry(byte.class, Byte::valueOf),
          Map.entry(Byte.class, Byte::valueOf),
          Map.entry(double.class, Double::valueOf),
          Map.entry(Double.class, Double::valueOf),
          Map.entry(float.class, Float::valueOf),
          Map.entry(Float.class, Float::valueOf));

  private Numbers() {}

  static boolean isNumber(Class<?> type) {
    return PARSERS.containsKey(type);
  }

  /** JSON by Gson's rules, anything else by the rules of Java's own parsers. */
  static Converter to(Class<?> type) {
    Function<String, Number> parser = PARSERS.getOrDefault(type, Integer::valueOf);
    return source -> {
      String text = Texts.of(source).strip();
      if (source instanceof Payload.Json) {
        return UserJson.read(text, type);
      }
      try {
        return parser.apply(text);
      } catch (NumberFormatException _) {
        // Not the cause: it would quote the text.
        throw new ConversionException(
            "a text of " + text.length() + " characters is no number of this type");
      }
    };
  }

  static Byte[] boxed(byte[] bytes) {
    Byte[] boxed = new Byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      boxed[i] = bytes[i];
    }
    return boxed;
  }
}
