package dev.roost.spi.expression;

import dev.roost.spi.BindingException;
import java.util.ArrayList;
import java.util.List;

/**
 * A part of a text with braces. {@code {{} and {@code }}} stand for the braces themselves. Source
 * of the rules: WebJobs SDK, BindingTemplateParser.
 */
public sealed interface Piece {

  /** Text that stands for itself; braces are unescaped. */
  record Literal(String text) implements Piece {}

  /** What stands between two braces, verbatim and never blank. */
  record Parameter(String text) implements Piece {}

  /**
   * Splits a text; neighbouring literals are one.
   *
   * @param key the attribute that holds the text, for the error
   * @throws BindingException when a brace has no partner or nothing stands between two
   */
  static List<Piece> split(String key, String text) throws BindingException {
    List<Piece> pieces = new ArrayList<>();
    StringBuilder literal = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c != '{' && c != '}') {
        literal.append(c);
        at++;
      } else if (at + 1 < text.length() && text.charAt(at + 1) == c) {
        literal.append(c);
        at += 2;
      } else {
        int end = c == '{' ? closing(text, at + 1) : -1;
        if (end < 0) {
          throw unbalanced(key, text, at);
        }
        if (!literal.isEmpty()) {
          pieces.add(new Literal(literal.toString()));
          literal.setLength(0);
        }
        pieces.add(parameter(key, text, text.substring(at + 1, end)));
        at = end + 1;
      }
    }
    if (!literal.isEmpty()) {
      pieces.add(new Literal(literal.toString()));
    }
    return pieces;
  }

  private static int closing(String text, int from) {
    int close = text.indexOf('}', from);
    int open = text.indexOf('{', from);
    return open >= 0 && open < close ? -1 : close;
  }

  private static Parameter parameter(String key, String text, String inner)
      throws BindingException {
    if (inner.isBlank()) {
      throw new BindingException(
          key, "'" + text + "' has {} with nothing in it", "Write a name between the braces.");
    }
    return new Parameter(inner);
  }

  private static BindingException unbalanced(String key, String text, int at) {
    return new BindingException(
        key,
        "'" + text + "' has a '" + text.charAt(at) + "' without a partner at position " + (at + 1),
        "Write {name} for a value, or {{ and }} for the braces themselves.");
  }
}
