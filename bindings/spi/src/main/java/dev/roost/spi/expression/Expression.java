package dev.roost.spi.expression;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.roost.spi.BindingData;
import dev.roost.spi.BindingException;
import dev.roost.spi.HostClock;
import dev.roost.spi.Payload;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** One part of a {@link Template}. */
sealed interface Expression {

  /** The part's text for one event; {@code template} is the whole, for the error. */
  String evaluate(String template, BindingData data, HostClock clock) throws MissingValueException;

  /** Text that stands for itself. */
  record Literal(String text) implements Expression {
    @Override
    public String evaluate(String template, BindingData data, HostClock clock) {
      return text;
    }
  }

  /** {@code {rand-guid}} and {@code {sys.randguid}}: another one each time. */
  record RandomGuid(Format format) implements Expression {
    @Override
    public String evaluate(String template, BindingData data, HostClock clock) {
      return format.guid(UUID.randomUUID());
    }
  }

  /** {@code {datetime}} and {@code {sys.utcnow}}. */
  record Now(Format format) implements Expression {
    @Override
    public String evaluate(String template, BindingData data, HostClock clock) {
      return format.date(Moment.utc(clock.now()));
    }
  }

  /** A built-in that gives way to binding data whose first name is the same. */
  record Yielding(Path data, Expression builtIn) implements Expression {
    @Override
    public String evaluate(String template, BindingData data, HostClock clock)
        throws MissingValueException {
      Expression chosen =
          data.find(this.data.segments.getFirst()).isPresent() ? this.data : builtIn;
      return chosen.evaluate(template, data, clock);
    }
  }

  /** {@code {a.b.c:format}}: a value of the binding data, or one inside a JSON value of it. */
  record Path(List<String> segments, Format format) implements Expression {
    @Override
    public String evaluate(String template, BindingData data, HostClock clock)
        throws MissingValueException {
      String first = segments.getFirst();
      Optional<Payload> value = data.find(first);
      if (value.isPresent() && segments.size() == 1) {
        Optional<String> text = format.value(value.get());
        if (text.isPresent()) {
          return text.get();
        }
      } else if (value.isPresent()) {
        return format.json(descend(template, value.get()));
      }
      throw new MissingValueException(
          "No value for named parameter '%s'. '%s' needs it and this event has %s. Use a name that the trigger provides."
              .formatted(first, template, data.values().keySet()));
    }

    private JsonNode descend(String template, Payload value) throws MissingValueException {
      JsonNode node = value instanceof Payload.Json json ? json.value() : MissingNode.getInstance();
      for (String segment : segments.subList(1, segments.size())) {
        node = child(template, node, segment);
      }
      return node;
    }

    private JsonNode child(String template, JsonNode node, String segment)
        throws MissingValueException {
      JsonNode exact = node.get(segment);
      if (exact != null) {
        return exact;
      }
      return node.properties().stream()
          .filter(property -> property.getKey().equalsIgnoreCase(segment))
          .map(Map.Entry::getValue)
          .findFirst()
          .orElseThrow(() ->
              new MissingValueException(
                  "Error while accessing '%s': property doesn't exist. '%s' needs {%s}; send it or change the expression."
                      .formatted(segment, template, String.join(".", segments))));
    }
  }

  /** The first segment is an identifier; the following ones are whatever JSON allows. */
  Pattern FIRST = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}\\p{M}\\p{Pc}]*");

  /** Parses what stands between two braces. */
  static Expression parse(String key, String template, String inner, String function)
      throws BindingException {
    int colon = inner.indexOf(':');
    String name = (colon < 0 ? inner : inner.substring(0, colon)).strip();
    Format format = Format.parse(key, template, colon < 0 ? "" : inner.substring(colon + 1));
    if (name.equalsIgnoreCase("rand-guid")) {
      return new RandomGuid(format.forGuid(key, template));
    }
    List<String> segments = List.of(name.split("\\.", -1));
    if (!FIRST.matcher(segments.getFirst()).matches()
        || segments.stream().anyMatch(String::isBlank)) {
      throw new BindingException(
          key,
          "'" + template + "' has {" + inner + "}, which is not an expression",
          "Write {name}, {name.property} or {name:format}; a name has letters, digits and _.");
    }
    Path path = new Path(segments, format);
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "datetime", "sys.utcnow", "sys.datetime" -> new Yielding(path, new Now(format));
      case "sys.randguid", "sys.guid" ->
          new Yielding(path, new RandomGuid(format.forGuid(key, template)));
      case "sys.methodname" -> new Yielding(path, new Literal(function));
      default -> path;
    };
  }
}
