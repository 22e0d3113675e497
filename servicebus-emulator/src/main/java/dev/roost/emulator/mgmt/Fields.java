package dev.roost.emulator.mgmt;

import dev.roost.emulator.broker.Conditions;
import dev.roost.emulator.broker.Refused;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The fields of a request's body: a map, of which a client may send anything. */
final class Fields {
  private final Map<?, ?> map;

  Fields(@Nullable Object body) {
    map = body instanceof Map<?, ?> found ? found : Map.of();
  }

  Optional<String> text(String name) {
    return Optional.ofNullable(map.get(name)).map(Object::toString);
  }

  String required(String name) {
    return text(name).orElseThrow(() -> missing(name, "a string"));
  }

  Optional<Long> number(String name) {
    return map.get(name) instanceof Number number
        ? Optional.of(number.longValue())
        : Optional.empty();
  }

  boolean has(String name) {
    return map.get(name) != null;
  }

  <T> Optional<T> get(String name, Class<T> type) {
    return Optional.ofNullable(map.get(name)).filter(type::isInstance).map(type::cast);
  }

  /** The fields of a map within; none when it is not there. */
  Fields map(String name) {
    return new Fields(map.get(name));
  }

  List<UUID> uuids(String name) {
    return elements(name, UUID.class);
  }

  List<Long> numbers(String name) {
    return elements(name, Number.class).stream().map(Number::longValue).toList();
  }

  List<Fields> maps(String name) {
    return elements(name, Map.class).stream().map(Fields::new).toList();
  }

  /** The entries of a map whose keys are strings. */
  Map<String, Object> properties(String name) {
    Map<String, Object> properties = new LinkedHashMap<>();
    if (map.get(name) instanceof Map<?, ?> found) {
      found.forEach((key, value) -> properties.put(key.toString(), value));
    }
    return properties;
  }

  private <T> List<T> elements(String name, Class<T> type) {
    List<T> elements = new ArrayList<>();
    for (Object element : values(map.get(name))) {
      if (!type.isInstance(element)) {
        throw missing(name, "elements of type " + type.getSimpleName());
      }
      elements.add(type.cast(element));
    }
    if (elements.isEmpty()) {
      throw missing(name, "a list");
    }
    return elements;
  }

  /** A list, or an array of any element type: the decoder makes both. */
  private static List<?> values(@Nullable Object value) {
    if (value instanceof List<?> list) {
      return list;
    }
    if (value == null || !value.getClass().isArray()) {
      return List.of();
    }
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < Array.getLength(value); i++) {
      values.add(Array.get(value, i));
    }
    return values;
  }

  private static Refused missing(String name, String wanted) {
    return new Refused(
        Conditions.ARGUMENT_ERROR, "The request needs the field '" + name + "': " + wanted + ".");
  }
}
