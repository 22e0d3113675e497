package dev.roost.host.invoke;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import dev.roost.spi.Payload;
import java.lang.reflect.Array;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Converters to collections, arrays and untyped values: from a batch, or from a JSON array. */
final class Elements {
  private Elements() {}

  /** An array of any component type but byte. */
  static Converter array(Type component, Class<?> raw) {
    Converter element = Converters.to(component);
    return source -> {
      List<@Nullable Object> values = values(source, component, element);
      Object array = Array.newInstance(raw, values.size());
      for (int i = 0; i < values.size(); i++) {
        Object value = values.get(i);
        if (value == null && raw.isPrimitive()) {
          throw new ConversionException("element " + i + " is null");
        }
        Array.set(array, i, value);
      }
      return array;
    };
  }

  /** A collection of the kind that Gson makes for the type: ArrayList, LinkedHashSet, … */
  static Converter collection(Type type, Class<?> raw) {
    Type component = Converters.argument(type);
    Converter element = Converters.to(component);
    Type made = raw == Iterable.class ? Collection.class : type;
    return source -> {
      List<@Nullable Object> values = values(source, component, element);
      if (!(UserJson.read("[]", made) instanceof Collection<?> empty)) {
        throw new ConversionException("an empty " + raw.getName() + " can't be made");
      }
      return filled(empty, values);
    };
  }

  /**
   * What Gson makes of the text by itself (a map, a list, a double, …), or the text when it is no
   * JSON; of a batch, the list of that.
   */
  static Converter untyped() {
    return new Converter() {
      @Override
      public @Nullable Object convert(Payload source) throws ConversionException {
        if (source instanceof Payload.Batch(List<Payload> items)) {
          List<@Nullable Object> values = new ArrayList<>(items.size());
          for (Payload item : items) {
            values.add(item instanceof Payload.Empty ? null : convert(item));
          }
          return values;
        }
        String text = Texts.of(source);
        try {
          return text.isBlank() ? text : UserJson.GSON.fromJson(text, Object.class);
        } catch (JsonParseException _) {
          return text;
        }
      }
    };
  }

  private static List<@Nullable Object> values(Payload source, Type component, Converter element)
      throws ConversionException {
    List<@Nullable Object> values = new ArrayList<>();
    if (source instanceof Payload.Batch(List<Payload> items)) {
      for (Payload item : items) {
        values.add(item(values.size(), () -> element.convert(item)));
      }
    } else {
      for (JsonElement item : jsonArray(Texts.of(source))) {
        values.add(
            item(
                values.size(),
                () -> component == String.class ? text(item) : UserJson.read(item, component)));
      }
    }
    return values;
  }

  /** A string as it is, anything else as its JSON text. */
  private static @Nullable String text(JsonElement item) {
    if (item.isJsonNull()) {
      return null;
    }
    return item instanceof JsonPrimitive primitive && primitive.isString()
        ? primitive.getAsString()
        : item.toString();
  }

  private static JsonArray jsonArray(String text) throws ConversionException {
    try {
      if (JsonParser.parseString(text) instanceof JsonArray array) {
        return array;
      }
    } catch (JsonParseException _) {
      // Gson's message may quote the text; ours says enough.
    }
    throw new ConversionException("the text is not a JSON array");
  }

  private interface Item {
    @Nullable Object convert() throws ConversionException;
  }

  private static @Nullable Object item(int index, Item item) throws ConversionException {
    try {
      return item.convert();
    } catch (ConversionException e) {
      throw new ConversionException("element " + index + ": " + e.getMessage(), e.getCause());
    }
  }

  @SuppressWarnings("unchecked") // made empty for this, and filled with elements of its type
  private static Collection<?> filled(Collection<?> empty, List<@Nullable Object> values) {
    ((Collection<@Nullable Object>) empty).addAll(values);
    return empty;
  }
}
