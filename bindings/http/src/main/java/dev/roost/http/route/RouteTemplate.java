package dev.roost.http.route;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A route as its author wrote it: literals, {@code {parameters}} with constraints, defaults and
 * question marks, and at most one {@code {*catch-all}} at the end. Immutable. Source of the rules:
 * ASP.NET Core routing.
 */
public final class RouteTemplate {
  private final String text;
  private final List<Segment> segments;
  private final boolean constant;

  private RouteTemplate(String text, List<Segment> segments) {
    this.text = text;
    this.segments = segments;
    this.constant = segments.stream().allMatch(Segment::isLiteral);
  }

  /**
   * Reads a template; slashes at its ends don't count.
   *
   * @throws RouteSyntaxException when it breaks the syntax or names an unknown constraint
   */
  public static RouteTemplate parse(String template) throws RouteSyntaxException {
    int from = 0;
    int to = template.length();
    while (from < to && template.charAt(from) == '/') {
      from++;
    }
    while (to > from && template.charAt(to - 1) == '/') {
      to--;
    }
    String text = template.substring(from, to);
    return new RouteTemplate(text, TemplateParser.parse(text));
  }

  /** The template without slashes at its ends. */
  public String text() {
    return text;
  }

  /** What two templates share when they are the same route. */
  String key() {
    return text.toLowerCase(Locale.ROOT);
  }

  /** True when the template's first segment is exactly this literal, in any case. */
  public boolean startsWith(String literal) {
    return !segments.isEmpty() && literal.equalsIgnoreCase(segments.getFirst().literal());
  }

  /** The values of the parameters when the path fits; a missing optional one is absent. */
  public Optional<Map<String, String>> match(RequestPath path) {
    if (constant) {
      return matchesLiterally(path) ? Optional.of(Map.of()) : Optional.empty();
    }
    Map<String, String> values = new HashMap<>();
    return bind(path, values) && satisfied(values) ? Optional.of(values) : Optional.empty();
  }

  private boolean matchesLiterally(RequestPath path) {
    if (path.size() != segments.size()) {
      return false;
    }
    for (int i = 0; i < segments.size(); i++) {
      String literal = segments.get(i).literal();
      if (literal == null || !path.segmentIs(i, literal)) {
        return false;
      }
    }
    return true;
  }

  private boolean bind(RequestPath path, Map<String, String> values) {
    int i = 0;
    for (; i < path.size(); i++) {
      if (i >= segments.size() || path.start(i) == path.end(i)) {
        return false;
      }
      Segment segment = segments.get(i);
      Part.Parameter rest = segment.catchAll();
      if (rest != null) {
        values.put(rest.name(), path.text().substring(path.start(i)));
        return true;
      }
      if (!segment.bind(path, i, values)) {
        return false;
      }
    }
    for (; i < segments.size(); i++) {
      if (!segments.get(i).bindMissing(values)) {
        return false;
      }
    }
    return true;
  }

  private boolean satisfied(Map<String, String> values) {
    for (Segment segment : segments) {
      for (Part part : segment.parts()) {
        if (part instanceof Part.Parameter parameter
            && !parameter.accepts(values.get(parameter.name()))) {
          return false;
        }
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return text;
  }

  /** A piece of a segment. */
  sealed interface Part {
    record Literal(String text) implements Part {}

    record Parameter(
        String name,
        List<RouteConstraint> constraints,
        @Nullable String fallback,
        boolean optional,
        boolean catchAll)
        implements Part {

      boolean accepts(@Nullable String value) {
        if (value == null) {
          return optional || constraints.isEmpty();
        }
        for (RouteConstraint constraint : constraints) {
          if (!constraint.accepts(value)) {
            return false;
          }
        }
        return true;
      }
    }
  }
}
