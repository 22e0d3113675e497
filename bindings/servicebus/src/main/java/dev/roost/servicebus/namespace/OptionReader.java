package dev.roost.servicebus.namespace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roost.spi.BindingContext;
import dev.roost.spi.BindingException;
import dev.roost.spi.EffectiveSetting;
import dev.roost.spi.HostServices;
import dev.roost.spi.TimeSpans;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads options: the function's own settings first, then its binding, then {@code
 * extensions.serviceBus} of host.json with the older places of a key behind the newer one.
 */
public final class OptionReader {
  private static final String EXTENSION = "extensions.serviceBus";

  private final HostServices host;
  private final List<Layer> layers;

  /** One place that may hold keys, and how it is called. */
  private record Layer(String path, ObjectNode values) {}

  /** A key that was found. */
  private record Found(String place, JsonNode value) {}

  private OptionReader(HostServices host, List<Layer> layers) {
    this.host = host;
    this.layers = layers;
  }

  /** The options of a function's trigger. */
  public static OptionReader of(BindingContext context) {
    HostServices host = context.host();
    String function = context.function().name();
    return new OptionReader(
        host,
        List.of(
            new Layer("roost.functions." + function, host.functionSettings(function)),
            new Layer("", context.binding().properties()),
            new Layer(EXTENSION, host.extension("serviceBus"))));
  }

  /** The options that all functions share. */
  public static OptionReader of(HostServices host) {
    return new OptionReader(host, List.of(new Layer(EXTENSION, host.extension("serviceBus"))));
  }

  /** The options of a section inside of these, such as {@code clientRetryOptions}. */
  public OptionReader section(String name) {
    return new OptionReader(
        host,
        layers.stream()
            .map(layer ->
                new Layer(
                    layer.path() + "." + name,
                    property(layer.values(), name).orElse(null) instanceof ObjectNode inner
                        ? inner
                        : JsonNodeFactory.instance.objectNode()))
            .toList());
  }

  /**
   * A whole number.
   *
   * @param keys the key and its older names, such as {@code
   *     messageHandlerOptions.maxConcurrentCalls}
   * @throws BindingException when it is none, or less than {@code least}
   */
  public int integer(int fallback, int least, String... keys) throws BindingException {
    Optional<Found> found = find(keys);
    if (found.isEmpty()) {
      return fallback;
    }
    JsonNode node = found.get().value();
    String text = node.asText();
    if ((node.isIntegralNumber() || node.isTextual()) && text.matches("-?\\d{1,9}")) {
      int value = Integer.parseInt(text);
      if (value >= least) {
        return value;
      }
    }
    throw bad(found.get(), "Use a whole number of at least " + least + ".");
  }

  /**
   * True or false.
   *
   * @throws BindingException when it is neither
   */
  public boolean flag(boolean fallback, String... keys) throws BindingException {
    Optional<Found> found = find(keys);
    if (found.isEmpty()) {
      return fallback;
    }
    String text = found.get().value().asText();
    if (!text.equalsIgnoreCase("true") && !text.equalsIgnoreCase("false")) {
      throw bad(found.get(), "Use true or false.");
    }
    return Boolean.parseBoolean(text);
  }

  /** A text; {@code fallback} when it is absent or blank. */
  public String text(String fallback, String... keys) {
    return find(keys)
        .map(found -> found.value().asText())
        .filter(text -> !text.isBlank())
        .orElse(fallback);
  }

  /**
   * A time span; one that begins with a minus has no end and is given as {@code endless}.
   *
   * @throws BindingException when it is none, or longer than {@code most}
   */
  public Duration span(Duration fallback, Duration endless, Duration most, String... keys)
      throws BindingException {
    Optional<Found> found = find(keys);
    if (found.isEmpty()) {
      return fallback;
    }
    String text = found.get().value().asText();
    if (text.startsWith("-") && endless.isPositive()) {
      return endless;
    }
    Optional<Duration> span = TimeSpans.parse(text).filter(value -> value.compareTo(most) <= 0);
    if (span.isEmpty()) {
      throw bad(
          found.get(),
          "Use a time span such as \"00:00:30\" of at most " + TimeSpans.text(most) + ".");
    }
    return span.get();
  }

  /** A setting of these options, as it is in force. */
  public EffectiveSetting effective(Object value, String... keys) {
    String text = value instanceof Duration span ? TimeSpans.text(span) : value.toString();
    return new EffectiveSetting(
        keys[0], text, find(keys).map(this::origin).orElse(EffectiveSetting.DEFAULT));
  }

  /** An exception that says where the bad value stands. */
  public BindingException bad(String key, String found, String remedy) {
    return new BindingException(
        find(key).map(this::origin).orElse(EXTENSION + "." + key), "found " + found, remedy);
  }

  private BindingException bad(Found found, String remedy) {
    return new BindingException(origin(found), "found " + found.value(), remedy);
  }

  private String origin(Found found) {
    return found.place().startsWith(".") ? EffectiveSetting.BINDING : host.origin(found.place());
  }

  private Optional<Found> find(String... keys) {
    for (Layer layer : layers) {
      for (String key : keys) {
        Optional<JsonNode> value = at(layer.values(), key);
        if (value.isPresent()) {
          return value.map(node -> new Found(layer.path() + "." + key, node));
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<JsonNode> at(ObjectNode object, String path) {
    int dot = path.indexOf('.');
    return dot < 0
        ? property(object, path)
        : property(object, path.substring(0, dot))
            .filter(ObjectNode.class::isInstance)
            .flatMap(inner -> at((ObjectNode) inner, path.substring(dot + 1)));
  }

  private static Optional<JsonNode> property(ObjectNode object, String key) {
    return object.properties().stream()
        .filter(entry -> entry.getKey().equalsIgnoreCase(key))
        .map(Map.Entry::getValue)
        .filter(node -> !node.isNull())
        .findFirst();
  }
}
