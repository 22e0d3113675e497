package dev.roost.spi.expression;

import dev.roost.spi.BindingContext;
import dev.roost.spi.BindingData;
import dev.roost.spi.BindingException;
import dev.roost.spi.HostClock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A text with expressions, parsed once and rendered for each event. Immutable. Source of the rules:
 * WebJobs SDK, BindingTemplateToken and its neighbours.
 */
public final class Template {
  private final String text;
  private final List<Expression> parts;

  private Template(String text, List<Expression> parts) {
    this.text = text;
    this.parts = List.copyOf(parts);
  }

  /**
   * Parses a required attribute of a binding, with its {@code %settings%} filled in.
   *
   * @throws BindingException when it is absent, names a missing setting or is malformed
   */
  public static Template of(BindingContext context, String key) throws BindingException {
    return parse(key, context.required(key), context.function().name());
  }

  /**
   * Parses a text.
   *
   * @param key the attribute that holds it, for the error
   * @param function the function's name, the value of {@code {sys.methodname}}
   * @throws BindingException when the text is malformed
   */
  public static Template parse(String key, String text, String function) throws BindingException {
    List<Expression> parts = new ArrayList<>();
    for (Piece piece : Piece.split(key, text)) {
      parts.add(
          switch (piece) {
            case Piece.Literal literal -> new Expression.Literal(literal.text());
            case Piece.Parameter parameter ->
                Expression.parse(key, text, parameter.text(), function);
          });
    }
    return new Template(text, parts);
  }

  /** True when rendering gives the same for every event. */
  public boolean isConstant() {
    return constant().isPresent();
  }

  /** What every event gives, when this has no expression in it. */
  public Optional<String> constant() {
    StringBuilder constant = new StringBuilder();
    for (Expression part : parts) {
      if (!(part instanceof Expression.Literal literal)) {
        return Optional.empty();
      }
      constant.append(literal.text());
    }
    return Optional.of(constant.toString());
  }

  /**
   * The text for one event.
   *
   * @param data the event's binding data
   * @param clock gives the time for {@code {datetime}} and {@code {sys.utcnow}}
   * @throws MissingValueException when an expression names something that the event does not have
   */
  public String render(BindingData data, HostClock clock) throws MissingValueException {
    StringBuilder rendered = new StringBuilder();
    for (Expression part : parts) {
      rendered.append(part.evaluate(text, data, clock));
    }
    return rendered.toString();
  }

  /** How a value is put into a text that is a language of its own, such as a query. */
  @FunctionalInterface
  public interface Quoting {
    /**
     * @param before what is rendered before the value
     * @param value the value, which may come from a stranger
     * @throws IOException when the value has no place there
     */
    String quote(CharSequence before, String value) throws IOException;
  }

  /**
   * The text for one event, its values quoted.
   *
   * @throws IOException when a value is missing or can't be quoted
   */
  public String render(BindingData data, HostClock clock, Quoting quoting) throws IOException {
    StringBuilder rendered = new StringBuilder();
    for (Expression part : parts) {
      String value = part.evaluate(text, data, clock);
      rendered.append(part instanceof Expression.Literal ? value : quoting.quote(rendered, value));
    }
    return rendered.toString();
  }

  /** The text as it was written. */
  @Override
  public String toString() {
    return text;
  }
}
