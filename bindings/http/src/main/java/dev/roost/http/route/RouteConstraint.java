package dev.roost.http.route;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** What a parameter's value must be for the route to match. */
@FunctionalInterface
interface RouteConstraint {
  boolean accepts(String value);

  /**
   * Reads a constraint, for example {@code int} or {@code range(1,10)}.
   *
   * @throws RouteSyntaxException when there is none of this name or its arguments are wrong
   */
  static RouteConstraint of(String text) throws RouteSyntaxException {
    int open = text.indexOf('(');
    boolean called = open >= 0 && text.endsWith(")");
    String name = called ? text.substring(0, open) : text;
    String arguments = called ? text.substring(open + 1, text.length() - 1) : "";
    try {
      return called ? withArguments(name, arguments, text) : plain(name, text);
    } catch (NumberFormatException _) {
      throw new RouteSyntaxException("the constraint '" + text + "' wants whole numbers");
    } catch (PatternSyntaxException e) {
      throw new RouteSyntaxException(
          "the constraint '" + text + "' has a bad regular expression: " + e.getDescription());
    }
  }

  private static RouteConstraint plain(String name, String text) throws RouteSyntaxException {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "int" -> DotNetText::isInt;
      case "long" -> DotNetText::isLong;
      case "bool" -> DotNetText::isBool;
      case "decimal" -> DotNetText::isDecimal;
      case "double", "float" -> DotNetText::isDouble;
      case "guid" -> DotNetText::isGuid;
      case "datetime" -> DotNetDate::isDate;
      case "alpha" -> DotNetText::isAlpha;
      case "required" -> value -> !value.isEmpty();
      case "file" -> RouteConstraint::isFile;
      case "nonfile" -> value -> !isFile(value);
      default -> throw unknown(text);
    };
  }

  private static RouteConstraint withArguments(String name, String arguments, String text)
      throws RouteSyntaxException {
    String key = name.toLowerCase(Locale.ROOT);
    if (key.equals("regex")) {
      return RegexConstraint.of(arguments);
    }
    String[] parts = arguments.split(",", -1);
    if (parts.length == 2) {
      long low = Long.parseLong(parts[0].trim());
      long high = Long.parseLong(parts[1].trim());
      if (low > high) {
        throw new RouteSyntaxException("the constraint '" + text + "' has its bounds swapped");
      }
      return switch (key) {
        case "length" -> value -> value.length() >= low && value.length() <= high;
        case "range" -> value -> DotNetText.isLongIn(value, low, high);
        default -> throw unknown(text);
      };
    }
    long bound = Long.parseLong(arguments.trim());
    return switch (key) {
      case "minlength" -> value -> value.length() >= bound;
      case "maxlength" -> value -> value.length() <= bound;
      case "length" -> value -> value.length() == bound;
      case "min" -> value -> DotNetText.isLongIn(value, bound, Long.MAX_VALUE);
      case "max" -> value -> DotNetText.isLongIn(value, Long.MIN_VALUE, bound);
      default -> throw unknown(text);
    };
  }

  private static RouteSyntaxException unknown(String text) {
    return new RouteSyntaxException("there is no constraint '" + text + "'");
  }

  private static boolean isFile(String value) {
    int dot = value.lastIndexOf('.');
    return dot > value.lastIndexOf('/') && dot < value.length() - 1;
  }

  /** A regular expression that is looked for anywhere in the value, without regard to case. */
  record RegexConstraint(Pattern pattern) implements RouteConstraint {
    static RegexConstraint of(String expression) {
      return new RegexConstraint(
          Pattern.compile(expression, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE));
    }

    @Override
    public boolean accepts(String value) {
      try {
        return pattern.matcher(new MeteredText(value, new AtomicInteger(100_000))).find();
      } catch (MeteredText.Exhausted _) {
        return false;
      }
    }
  }
}
