package dev.roost.storage.queue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roost.spi.BindingException;
import dev.roost.spi.EffectiveSetting;
import dev.roost.spi.HostServices;
import dev.roost.spi.TimeSpans;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Reads options from a function's own settings first and from an extension's section next. */
public final class OptionReader {
  private final HostServices host;
  private final String functionPath;
  private final ObjectNode ofFunction;
  private final String hostPath;
  private final ObjectNode ofHost;

  private OptionReader(
      HostServices host,
      String functionPath,
      ObjectNode ofFunction,
      String hostPath,
      ObjectNode ofHost) {
    this.host = host;
    this.functionPath = functionPath;
    this.ofFunction = ofFunction;
    this.hostPath = hostPath;
    this.ofHost = ofHost;
  }

  /** The options of a queue function. */
  static OptionReader queues(HostServices host, String function) {
    return new OptionReader(
        host,
        "roost.functions." + function,
        host.functionSettings(function),
        "extensions.queues",
        host.extension("queues"));
  }

  /** The options of an extension that are the same for all functions. */
  public static OptionReader extension(HostServices host, String extension) {
    ObjectNode none = JsonNodeFactory.instance.objectNode();
    return new OptionReader(host, "", none, "extensions." + extension, host.extension(extension));
  }

  /** The settings of one function alone. */
  public static OptionReader function(HostServices host, String function) {
    ObjectNode none = JsonNodeFactory.instance.objectNode();
    return new OptionReader(
        host, "roost.functions." + function, host.functionSettings(function), "", none);
  }

  /** True when the key is set somewhere. */
  public boolean has(String key) {
    return find(key).isPresent();
  }

  /** Where a value comes from, for people. */
  public String origin(String key) {
    if (property(ofFunction, key).isPresent()) {
      return host.origin(functionPath + "." + key);
    }
    return property(ofHost, key).isPresent()
        ? host.origin(hostPath + "." + key)
        : EffectiveSetting.DEFAULT;
  }

  /** A setting of these options. */
  public EffectiveSetting effective(String key, Object value) {
    String text = value instanceof Duration span ? TimeSpans.text(span) : value.toString();
    return new EffectiveSetting(key, text, origin(key));
  }

  /** True when the function's own settings have the key. */
  boolean isOfFunction(String key) {
    return property(ofFunction, key).isPresent();
  }

  /**
   * A whole number.
   *
   * @throws BindingException when it is none, or out of bounds
   */
  public int integer(String key, int fallback, int least, int most) throws BindingException {
    Optional<JsonNode> found = find(key);
    if (found.isEmpty()) {
      return fallback;
    }
    JsonNode node = found.get();
    String text = node.asText();
    if ((node.isIntegralNumber() || node.isTextual()) && text.matches("-?\\d{1,9}")) {
      int value = Integer.parseInt(text);
      if (value >= least && value <= most) {
        return value;
      }
    }
    String range =
        most == Integer.MAX_VALUE ? "of at least " + least : "from " + least + " to " + most;
    throw bad(key, node.toString(), "Use a whole number " + range + ".");
  }

  /**
   * A time span of at most seven days.
   *
   * @throws BindingException when it is none, or shorter than {@code least}
   */
  public Duration span(String key, Duration fallback, Duration least) throws BindingException {
    Optional<JsonNode> found = find(key);
    return found.isEmpty() ? fallback : span(key, found.get(), least);
  }

  /** A text. */
  public String text(String key, String fallback) {
    return find(key).map(JsonNode::asText).orElse(fallback);
  }

  /** A time span, or an object with a strategy in the words of a retry policy. */
  Redelivery redelivery(String key) throws BindingException {
    Optional<JsonNode> found = find(key);
    if (found.isEmpty()) {
      return new Redelivery.Fixed(Duration.ZERO);
    }
    if (!(found.get() instanceof ObjectNode object)) {
      return new Redelivery.Fixed(span(key, found.get(), Duration.ZERO));
    }
    String strategy = property(object, "strategy").map(JsonNode::asText).orElse("");
    return switch (strategy) {
      case "fixedDelay" -> new Redelivery.Fixed(part(key, object, "delayInterval"));
      case "exponentialBackoff" -> {
        Duration least = part(key, object, "minimumInterval");
        Duration most = part(key, object, "maximumInterval");
        if (least.isZero() || most.compareTo(least) < 0) {
          throw bad(key, object.toString(), "Use 0 < minimumInterval <= maximumInterval.");
        }
        yield new Redelivery.Exponential(least, most);
      }
      default ->
          throw bad(
              key + ".strategy",
              "'" + strategy + "'",
              "Use fixedDelay with delayInterval, or exponentialBackoff with minimumInterval and"
                  + " maximumInterval.");
    };
  }

  private Duration part(String key, ObjectNode object, String name) throws BindingException {
    Optional<JsonNode> found = property(object, name);
    if (found.isEmpty()) {
      throw bad(key, object.toString(), "Add " + name + ".");
    }
    return span(key + "." + name, found.get(), Duration.ZERO);
  }

  private Duration span(String key, JsonNode node, Duration least) throws BindingException {
    Optional<Duration> span =
        (node.isTextual() ? TimeSpans.parse(node.textValue()) : Optional.<Duration>empty())
            .filter(value -> value.compareTo(least) >= 0)
            .filter(value -> value.compareTo(Redelivery.LONGEST) <= 0);
    if (span.isEmpty()) {
      throw bad(
          key,
          node.toString(),
          "Use a time span such as \"00:00:30\", at least %s and at most 7 days."
              .formatted(least.isZero() ? "zero" : least.toMillis() / 1000.0 + " s"));
    }
    return span.get();
  }

  /** An exception that says where the bad value stands. */
  BindingException bad(String key, String found, String remedy) {
    String path = property(ofFunction, first(key)).isPresent() ? functionPath : hostPath;
    return new BindingException(host.origin(path + "." + key), "found " + found, remedy);
  }

  private static String first(String key) {
    int dot = key.indexOf('.');
    return dot < 0 ? key : key.substring(0, dot);
  }

  private Optional<JsonNode> find(String key) {
    return property(ofFunction, key).or(() -> property(ofHost, key));
  }

  private static Optional<JsonNode> property(ObjectNode object, String key) {
    return object.properties().stream()
        .filter(entry -> entry.getKey().equalsIgnoreCase(key))
        .map(Map.Entry::getValue)
        .filter(node -> !node.isNull())
        .findFirst();
  }
}
