package dev.roost.host.invoke;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Lets Gson write a value straight into the tree of the SPI, without a tree of its own between. */
final class TreeWriter extends JsonWriter {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final Deque<JsonNode> open = new ArrayDeque<>();
  private final Deque<String> names = new ArrayDeque<>();
  private JsonNode top = NullNode.instance;

  TreeWriter() {
    super(Writer.nullWriter());
  }

  /** What was written; null's node when it was nothing. */
  JsonNode tree() {
    return top;
  }

  private JsonWriter put(JsonNode node) {
    switch (open.peek()) {
      case null -> top = node;
      case ObjectNode object -> {
        String name = names.pop();
        if (!node.isNull() || getSerializeNulls()) {
          object.set(name, node);
        }
      }
      case ArrayNode array -> array.add(node);
      default -> throw new IllegalStateException("a value inside a value");
    }
    return this;
  }

  private JsonWriter begin(JsonNode container) {
    put(container);
    open.push(container);
    return this;
  }

  private JsonWriter end() {
    open.pop();
    return this;
  }

  @Override
  public JsonWriter beginArray() {
    return begin(NODES.arrayNode());
  }

  @Override
  public JsonWriter endArray() {
    return end();
  }

  @Override
  public JsonWriter beginObject() {
    return begin(NODES.objectNode());
  }

  @Override
  public JsonWriter endObject() {
    return end();
  }

  @Override
  public JsonWriter name(String name) {
    names.push(name);
    return this;
  }

  @Override
  public JsonWriter value(@Nullable String value) {
    return put(NODES.textNode(value));
  }

  @Override
  public JsonWriter nullValue() {
    return put(NODES.nullNode());
  }

  @Override
  public JsonWriter value(boolean value) {
    return put(NODES.booleanNode(value));
  }

  @Override
  public JsonWriter value(@Nullable Boolean value) {
    return value == null ? nullValue() : value(value.booleanValue());
  }

  @Override
  public JsonWriter value(float value) {
    return put(NODES.numberNode(finite(value)));
  }

  @Override
  public JsonWriter value(double value) {
    return put(NODES.numberNode(finite(value)));
  }

  private static float finite(float value) {
    finite((double) value);
    return value;
  }

  private static double finite(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("JSON has no " + value);
    }
    return value;
  }

  @Override
  public JsonWriter value(long value) {
    return put((int) value == value ? NODES.numberNode((int) value) : NODES.numberNode(value));
  }

  @Override
  public JsonWriter value(@Nullable Number value) {
    return switch (value) {
      case null -> nullValue();
      case Double number -> value(number.doubleValue());
      case Float number -> value(number.floatValue());
      case Long number -> value(number.longValue());
      case Integer number -> value(number.longValue());
      case Short number -> value(number.longValue());
      case Byte number -> value(number.longValue());
      case BigInteger number -> put(NODES.numberNode(number));
      case BigDecimal number -> put(NODES.numberNode(number));
      default -> put(NODES.numberNode(new BigDecimal(value.toString())));
    };
  }

  @Override
  public JsonWriter jsonValue(@Nullable String value) {
    throw new UnsupportedOperationException("raw JSON can't be written into a tree");
  }

  @Override
  public void flush() {}

  @Override
  public void close() throws IOException {
    if (!open.isEmpty()) {
      throw new IOException("the value is not complete");
    }
  }
}
