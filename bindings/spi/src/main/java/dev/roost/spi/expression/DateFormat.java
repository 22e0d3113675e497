package dev.roost.spi.expression;

import dev.roost.spi.BindingException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * A .NET date and time format with the invariant culture, parsed once. One letter alone is one of
 * .NET's standard formats; anything else is a custom one.
 */
final class DateFormat {
  private static final String SPECIFIERS = "dfFghHKmMstyz";

  private final List<Function<Moment, String>> parts;

  private DateFormat(List<Function<Moment, String>> parts) {
    this.parts = List.copyOf(parts);
  }

  /** Parses; {@code key} and {@code template} are for the error. */
  static DateFormat parse(String key, String template, String format) throws BindingException {
    List<Function<Moment, String>> parts = new ArrayList<>();
    String custom = format.length() == 1 ? standard(format) : format;
    int at = 0;
    while (at < custom.length()) {
      char c = custom.charAt(at);
      if (c == '\'' || c == '"') {
        int end = custom.indexOf(c, at + 1);
        if (end < 0) {
          throw malformed(key, template, "a " + c + " without a partner");
        }
        literal(parts, custom.substring(at + 1, end));
        at = end + 1;
      } else if (c == '\\' || (c == '%' && at + 1 == custom.length())) {
        if (at + 1 == custom.length()) {
          throw malformed(key, template, "a " + c + " at its end");
        }
        literal(parts, custom.substring(at + 1, at + 2));
        at += 2;
      } else if (c == '%') {
        at++;
      } else if (c == '.' && run(custom, at + 1, 'F') > 0) {
        int width = run(custom, at + 1, 'F');
        parts.add(fraction(key, template, width, "."));
        at += 1 + width;
      } else if (SPECIFIERS.indexOf(c) < 0) {
        literal(parts, String.valueOf(c));
        at++;
      } else {
        int run = run(custom, at, c);
        int width = c == 'K' ? 1 : run;
        if (c == 'f' && width > 7) {
          throw malformed(key, template, "more than seven f");
        }
        parts.add(
            c == 'F' ? fraction(key, template, width, "") : moment -> field(c, width, moment));
        at += width;
      }
    }
    return new DateFormat(parts);
  }

  String format(Moment moment) {
    StringBuilder text = new StringBuilder();
    parts.forEach(part -> text.append(part.apply(moment)));
    return text.toString();
  }

  private static void literal(List<Function<Moment, String>> parts, String text) {
    parts.add(_ -> text);
  }

  private static int run(String text, int from, char c) {
    int end = from;
    while (end < text.length() && text.charAt(end) == c) {
      end++;
    }
    return end - from;
  }

  private static BindingException malformed(String key, String template, String found) {
    return new BindingException(
        key,
        "'" + template + "' has a date format with " + found,
        "Write it as .NET's custom date formats want it, for example yyyy-MM-dd.");
  }

  private static String standard(String letter) {
    return switch (letter) {
      case "d" -> "MM/dd/yyyy";
      case "D" -> "dddd, dd MMMM yyyy";
      case "f" -> "dddd, dd MMMM yyyy HH:mm";
      case "F", "U" -> "dddd, dd MMMM yyyy HH:mm:ss";
      case "g" -> "MM/dd/yyyy HH:mm";
      case "G" -> "MM/dd/yyyy HH:mm:ss";
      case "m", "M" -> "MMMM dd";
      case "o", "O" -> "yyyy-MM-dd'T'HH:mm:ss.fffffffK";
      case "r", "R" -> "ddd, dd MMM yyyy HH:mm:ss 'GMT'";
      case "s" -> "yyyy-MM-dd'T'HH:mm:ss";
      case "t" -> "HH:mm";
      case "T" -> "HH:mm:ss";
      case "u" -> "yyyy-MM-dd HH:mm:ss'Z'";
      case "y", "Y" -> "yyyy MMMM";
      default -> letter;
    };
  }

  private static String field(char c, int width, Moment moment) {
    LocalDateTime time = moment.local();
    return switch (c) {
      case 'd' -> day(width, time);
      case 'f' -> nanos(time).substring(0, width);
      case 'g' -> "A.D.";
      case 'h' -> number(Math.floorMod(time.getHour() - 1, 12) + 1, width);
      case 'H' -> number(time.getHour(), width);
      case 'K' -> moment.offset().map(DateFormat::kind).orElse("");
      case 'm' -> number(time.getMinute(), width);
      case 'M' -> month(width, time);
      case 's' -> number(time.getSecond(), width);
      case 't' -> (time.getHour() < 12 ? "AM" : "PM").substring(0, Math.min(width, 2));
      case 'y' -> year(width, time);
      default -> distance(width, moment.offset().orElse(ZoneOffset.UTC));
    };
  }

  private static String day(int width, LocalDateTime time) {
    return switch (width) {
      case 1, 2 -> number(time.getDayOfMonth(), width);
      case 3 -> time.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
      default -> time.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
    };
  }

  private static String month(int width, LocalDateTime time) {
    return switch (width) {
      case 1, 2 -> number(time.getMonthValue(), width);
      case 3 -> time.getMonth().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
      default -> time.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
    };
  }

  private static String year(int width, LocalDateTime time) {
    return width <= 2 ? number(time.getYear() % 100, width) : padded(time.getYear(), width);
  }

  /** At most two digits, as .NET pads days, hours, minutes and seconds. */
  private static String number(int value, int width) {
    return padded(value, Math.min(width, 2));
  }

  private static String padded(int value, int width) {
    String digits = Integer.toString(value);
    return "0".repeat(Math.max(0, width - digits.length())) + digits;
  }

  private static String nanos(LocalDateTime time) {
    return padded(time.get(ChronoField.NANO_OF_SECOND), 9);
  }

  /** A fraction without its trailing zeros; when nothing is left the point before it goes too. */
  private static Function<Moment, String> fraction(
      String key, String template, int width, String point) throws BindingException {
    if (width > 7) {
      throw malformed(key, template, "more than seven F");
    }
    return moment -> {
      String digits = nanos(moment.local()).substring(0, width).replaceAll("0+$", "");
      return digits.isEmpty() ? "" : point + digits;
    };
  }

  private static String kind(ZoneOffset offset) {
    return offset.equals(ZoneOffset.UTC) ? "Z" : distance(3, offset);
  }

  private static String distance(int width, ZoneOffset offset) {
    int minutes = offset.getTotalSeconds() / 60;
    String hours = (minutes < 0 ? "-" : "+") + padded(Math.abs(minutes) / 60, Math.min(width, 2));
    return width < 3 ? hours : hours + ":" + padded(Math.abs(minutes) % 60, 2);
  }
}
