package dev.roost.http.route;

import dev.roost.http.route.RouteTemplate.Part;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads the text of a route template, once, from left to right. */
final class TemplateParser {
  private final String text;
  private final Set<String> names = new HashSet<>();
  private int at;

  private TemplateParser(String text) {
    this.text = text;
  }

  static List<Segment> parse(String text) throws RouteSyntaxException {
    if (text.isEmpty()) {
      return List.of();
    }
    if (text.startsWith("~")) {
      throw new RouteSyntaxException("it begins with '~'");
    }
    return List.copyOf(new TemplateParser(text).segments());
  }

  private List<Segment> segments() throws RouteSyntaxException {
    List<Segment> segments = new ArrayList<>();
    while (true) {
      Segment segment = segment();
      Part.Parameter rest = segments.isEmpty() ? null : segments.getLast().catchAll();
      if (rest != null) {
        throw new RouteSyntaxException(
            "the catch-all '" + rest.name() + "' is not its last segment");
      }
      segments.add(segment);
      if (at == text.length()) {
        return segments;
      }
      at++;
    }
  }

  private Segment segment() throws RouteSyntaxException {
    List<Part> parts = new ArrayList<>();
    while (at < text.length() && text.charAt(at) != '/') {
      boolean opens = text.charAt(at) == '{' && !text.startsWith("{{", at);
      if (opens && !parts.isEmpty() && parts.getLast() instanceof Part.Parameter) {
        throw new RouteSyntaxException("two parameters stand side by side without text between");
      }
      parts.add(opens ? parameter() : literal());
    }
    if (parts.isEmpty()) {
      throw new RouteSyntaxException("it has an empty segment ('//')");
    }
    check(parts);
    return new Segment(parts);
  }

  private static void check(List<Part> parts) throws RouteSyntaxException {
    for (int i = 0; parts.size() > 1 && i < parts.size(); i++) {
      if (!(parts.get(i) instanceof Part.Parameter parameter)) {
        continue;
      }
      if (parameter.catchAll()) {
        throw new RouteSyntaxException(
            "the catch-all '" + parameter.name() + "' shares its segment");
      }
      boolean afterDot =
          i == parts.size() - 1
              && parts.get(i - 1) instanceof Part.Literal(String dot)
              && dot.equals(".");
      if (parameter.optional() && !afterDot) {
        throw new RouteSyntaxException(
            "the optional parameter '"
                + parameter.name()
                + "' shares its segment and is not at its end behind a dot");
      }
    }
  }

  private Part literal() throws RouteSyntaxException {
    StringBuilder literal = new StringBuilder();
    while (at < text.length() && text.charAt(at) != '/') {
      char c = text.charAt(at);
      if (c == '{' && !text.startsWith("{{", at)) {
        break;
      }
      if (c == '}' && !text.startsWith("}}", at)) {
        throw new RouteSyntaxException("a '}' has no '{' (write '}}' for the character itself)");
      }
      if (c == '?') {
        throw new RouteSyntaxException("it has a '?' outside of a parameter");
      }
      literal.append(c);
      at += c == '{' || c == '}' ? 2 : 1;
    }
    return new Part.Literal(literal.toString());
  }

  private Part.Parameter parameter() throws RouteSyntaxException {
    StringBuilder inside = new StringBuilder();
    for (at++; at < text.length(); at++) {
      char c = text.charAt(at);
      boolean doubled = at + 1 < text.length() && text.charAt(at + 1) == c;
      if ((c == '{' || c == '}') && doubled) {
        at++;
      } else if (c == '}') {
        at++;
        return parameter(inside.toString());
      } else if (c == '{') {
        throw new RouteSyntaxException("a '{' stands inside a parameter");
      }
      inside.append(c);
    }
    throw new RouteSyntaxException("a '{' has no '}'");
  }

  private Part.Parameter parameter(String inside) throws RouteSyntaxException {
    int stars = inside.startsWith("**") ? 2 : inside.startsWith("*") ? 1 : 0;
    String body = inside.substring(stars);
    boolean optional = body.endsWith("?");
    body = optional ? body.substring(0, body.length() - 1) : body;
    int nameEnd = 0;
    while (nameEnd < body.length() && body.charAt(nameEnd) != ':' && body.charAt(nameEnd) != '=') {
      nameEnd++;
    }
    String name = body.substring(0, nameEnd);
    checkName(name);
    List<RouteConstraint> constraints = new ArrayList<>();
    int end = nameEnd;
    while (end < body.length() && body.charAt(end) == ':') {
      int next = constraintEnd(body, end + 1);
      constraints.add(RouteConstraint.of(body.substring(end + 1, next)));
      end = next;
    }
    String fallback = end < body.length() ? body.substring(end + 1) : null;
    if (optional && (fallback != null || stars > 0)) {
      throw new RouteSyntaxException(
          "the parameter '"
              + name
              + "' is optional and "
              + (stars > 0 ? "a catch-all" : "has a default"));
    }
    return new Part.Parameter(name, List.copyOf(constraints), fallback, optional, stars > 0);
  }

  private void checkName(String name) throws RouteSyntaxException {
    if (name.isEmpty()) {
      throw new RouteSyntaxException("a parameter has no name");
    }
    for (int i = 0; i < name.length(); i++) {
      if ("/{}?*".indexOf(name.charAt(i)) >= 0) {
        throw new RouteSyntaxException(
            "the parameter name '" + name + "' has a '" + name.charAt(i) + "'");
      }
    }
    if (!names.add(name.toLowerCase(Locale.ROOT))) {
      throw new RouteSyntaxException("the parameter '" + name + "' is named twice");
    }
  }

  /** Where a constraint ends: at a colon or equals sign outside of its parentheses. */
  private static int constraintEnd(String body, int from) {
    for (int i = from; i < body.length(); i++) {
      char c = body.charAt(i);
      if (c == ':' || c == '=') {
        return i;
      }
      if (c == '(') {
        i = argumentsEnd(body, i);
      }
    }
    return body.length();
  }

  /** The closing parenthesis that is followed by the end or by something that ends a constraint. */
  private static int argumentsEnd(String body, int open) {
    int close = body.indexOf(')', open);
    while (close >= 0 && close + 1 < body.length() && ":=".indexOf(body.charAt(close + 1)) < 0) {
      close = body.indexOf(')', close + 1);
    }
    return close < 0 ? body.length() : close;
  }
}
