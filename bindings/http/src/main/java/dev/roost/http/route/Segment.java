package dev.roost.http.route;

import dev.roost.http.route.RouteTemplate.Part;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What stands between two slashes of a template: one part, or several in a row. */
record Segment(List<Part> parts) {
  Segment {
    parts = List.copyOf(parts);
  }

  boolean isLiteral() {
    return literal() != null;
  }

  /** Its text when it is nothing but text. */
  @Nullable String literal() {
    return parts.size() == 1 && parts.getFirst() instanceof Part.Literal(String text) ? text : null;
  }

  /** Its parameter when it takes the rest of the path. */
  Part.@Nullable Parameter catchAll() {
    return parts.size() == 1
            && parts.getFirst() instanceof Part.Parameter parameter
            && parameter.catchAll()
        ? parameter
        : null;
  }

  /** Fits a segment of the path that is not empty. */
  boolean bind(RequestPath path, int index, Map<String, String> values) {
    if (parts.size() > 1) {
      return bindParts(path.segment(index), values);
    }
    return switch (parts.getFirst()) {
      case Part.Literal(String text) -> path.segmentIs(index, text);
      case Part.Parameter parameter -> {
        values.put(parameter.name(), path.segment(index));
        yield true;
      }
    };
  }

  /** Fits the end of the path: everything from here on was left out. */
  boolean bindMissing(Map<String, String> values) {
    if (parts.size() > 1 || !(parts.getFirst() instanceof Part.Parameter parameter)) {
      return false;
    }
    if (parameter.fallback() != null) {
      values.put(parameter.name(), parameter.fallback());
      return true;
    }
    return parameter.optional() || parameter.catchAll();
  }

  private boolean bindParts(String text, Map<String, String> values) {
    Map<String, String> found = new HashMap<>();
    boolean fits = bindFromRight(text, parts.size(), found);
    if (!fits
        && parts.getLast() instanceof Part.Parameter last
        && last.optional()
        && !text.endsWith(".")) {
      found.clear();
      fits = bindFromRight(text, parts.size() - 2, found);
    }
    values.putAll(found);
    return fits;
  }

  /**
   * Fits the first {@code count} parts from right to left: each literal at its right-most place
   * that leaves a character for the parameter behind it.
   */
  private boolean bindFromRight(String text, int count, Map<String, String> found) {
    String folded = text.toLowerCase(Locale.ROOT);
    int end = text.length();
    Part.Parameter pending = null;
    for (int i = count - 1; i >= 0; i--) {
      switch (parts.get(i)) {
        case Part.Parameter parameter -> pending = parameter;
        case Part.Literal(String literal) -> {
          int latest = end - literal.length() - (pending == null ? 0 : 1);
          int at = latest < 0 ? -1 : folded.lastIndexOf(literal.toLowerCase(Locale.ROOT), latest);
          if (at < 0 || (pending == null && at != latest)) {
            return false;
          }
          if (pending != null) {
            found.put(pending.name(), text.substring(at + literal.length(), end));
            pending = null;
          }
          end = at;
        }
      }
    }
    if (pending == null) {
      return end == 0;
    }
    found.put(pending.name(), text.substring(0, end));
    return end > 0;
  }
}
