package dev.roost.spi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The trigger metadata of one event: what {@code @BindingName} and {@code {name}} expressions see.
 * Immutable.
 */
public final class BindingData {
  /** No data at all. */
  public static final BindingData EMPTY = new BindingData(Map.of());

  private final Map<String, Payload> values;

  private BindingData(Map<String, Payload> values) {
    this.values = values;
  }

  /** Starts a set of binding data. */
  public static Builder builder() {
    return new Builder();
  }

  /** The value of exactly this name: the rule of {@code @BindingName}. */
  public Optional<Payload> exactly(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** The value of this name in any case, an exact match first: the rule of expressions. */
  public Optional<Payload> find(String name) {
    Payload exact = values.get(name);
    if (exact != null) {
      return Optional.of(exact);
    }
    return values.entrySet().stream()
        .filter(entry -> entry.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /** All values in order of insertion; unmodifiable. */
  public Map<String, Payload> values() {
    return values;
  }

  @Override
  public String toString() {
    return "BindingData" + values.keySet();
  }

  /** Collects values; a later one replaces an earlier one of the same name in any case. */
  public static final class Builder {
    private final Map<String, Payload> values = new LinkedHashMap<>();

    private Builder() {}

    /** Adds text. */
    public Builder text(String name, String value) {
      return put(name, new Payload.Text(value));
    }

    /** Adds an object for parameters of its type; it has no text. */
    public Builder object(String name, Object value) {
      return put(name, new Payload.Native(value));
    }

    /** Adds a JSON value; null and missing nodes are left out. */
    public Builder json(String name, JsonNode value) {
      return value instanceof NullNode || value.isMissingNode()
          ? this
          : put(name, new Payload.Json(value));
    }

    /**
     * Adds each top-level property of a JSON object; arrays and nulls are skipped, text becomes
     * text (functions-host Utility.ApplyBindingData). Anything but an object adds nothing.
     */
    public Builder properties(JsonNode body) {
      if (body.isObject()) {
        body.properties()
            .forEach(property -> {
              JsonNode value = property.getValue();
              if (value.isTextual()) {
                text(property.getKey(), value.textValue());
              } else if (!value.isArray()) {
                json(property.getKey(), value);
              }
            });
      }
      return this;
    }

    /** Adds all of another set. */
    public Builder all(BindingData other) {
      other.values.forEach(this::put);
      return this;
    }

    private Builder put(String name, Payload value) {
      values.keySet().removeIf(key -> key.equalsIgnoreCase(name) && !key.equals(name));
      values.put(name, value);
      return this;
    }

    public BindingData build() {
      return values.isEmpty()
          ? EMPTY
          : new BindingData(Collections.unmodifiableMap(new LinkedHashMap<>(values)));
    }
  }
}
