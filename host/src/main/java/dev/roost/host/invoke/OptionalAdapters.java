package dev.roost.host.invoke;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.TypeAdapter;
import com.google.gson.TypeAdapterFactory;
import com.google.gson.reflect.TypeToken;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes an Optional as the official worker's Gson did, {@code {"value":…}} or {@code {}}, and
 * reads that as well as the bare value.
 */
final class OptionalAdapters implements TypeAdapterFactory {
  @Override
  public <T> @Nullable TypeAdapter<T> create(Gson gson, TypeToken<T> type) {
    if (type.getRawType() != Optional.class) {
      return null;
    }
    TypeToken<?> element =
        type.getType() instanceof ParameterizedType parameterized
            ? TypeToken.get(parameterized.getActualTypeArguments()[0])
            : TypeToken.get(Object.class);
    return new OptionalAdapter<T, Object>(
        objects(gson.getAdapter(element)), gson.getAdapter(JsonElement.class));
  }

  @SuppressWarnings("unchecked") // only ever given what it read itself or what the Optional held
  private static TypeAdapter<Object> objects(TypeAdapter<?> adapter) {
    return (TypeAdapter<Object>) adapter;
  }

  /** T is {@code Optional<X>}; a field of that type may hold null all the same. */
  private static final class OptionalAdapter<T, X> extends TypeAdapter<T> {
    private final TypeAdapter<X> value;
    private final TypeAdapter<JsonElement> tree;

    OptionalAdapter(TypeAdapter<X> value, TypeAdapter<JsonElement> tree) {
      this.value = value;
      this.tree = tree;
    }

    @Override
    @SuppressWarnings("unchecked")
    public void write(JsonWriter out, @Nullable T optional) throws IOException {
      if (optional == null) {
        out.nullValue();
        return;
      }
      out.beginObject();
      Optional<X> present = (Optional<X>) optional;
      if (present.isPresent()) {
        out.name("value");
        value.write(out, present.get());
      }
      out.endObject();
    }

    @Override
    @SuppressWarnings("unchecked")
    public T read(JsonReader in) throws IOException {
      return (T) optional(tree.read(in));
    }

    private Optional<X> optional(JsonElement element) {
      if (element.isJsonNull() || (element instanceof JsonObject object && object.isEmpty())) {
        return Optional.empty();
      }
      return element instanceof JsonObject object && object.size() == 1 && object.has("value")
          ? Optional.ofNullable(value.fromJsonTree(object.get("value")))
          : Optional.ofNullable(value.fromJsonTree(element));
    }
  }
}
