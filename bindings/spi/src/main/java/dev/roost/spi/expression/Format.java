package dev.roost.spi.expression;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roost.spi.BindingException;
import dev.roost.spi.Payload;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * What stands behind the colon of an expression, as .NET reads it: a date format for times, a
 * number format for numbers, a letter for GUIDs. Text that is no time is left as it is, as .NET
 * does.
 *
 * @param text the format; empty for none
 * @param dates the same, read as a date format
 */
record Format(String text, DateFormat dates) {
  /** The host's default for times: fit for file names, since it has no colon. */
  private static final String DEFAULT_DATE = "yyyy-MM-dd'T'HH-mm-ssK";

  private static final Pattern STANDARD_NUMBER = Pattern.compile("([DdFfNnXx])(\\d{0,2})");
  private static final Pattern CUSTOM_NUMBER = Pattern.compile("[0#,.]+");

  static Format parse(String key, String template, String text) throws BindingException {
    return new Format(text, DateFormat.parse(key, template, text.isEmpty() ? DEFAULT_DATE : text));
  }

  /** This, when it is a format for GUIDs. */
  Format forGuid(String key, String template) throws BindingException {
    if (text.isEmpty() || (text.length() == 1 && "NDBPndbp".contains(text))) {
      return this;
    }
    throw new BindingException(
        key,
        "'" + template + "' formats a GUID with '" + text + "'",
        "Use N, D, B or P, or leave the format out.");
  }

  String guid(UUID guid) {
    return switch (text.toUpperCase(Locale.ROOT)) {
      case "N" -> guid.toString().replace("-", "");
      case "B" -> "{" + guid + "}";
      case "P" -> "(" + guid + ")";
      default -> guid.toString();
    };
  }

  String date(Moment moment) {
    return dates.format(moment);
  }

  /** A value of the binding data as text; empty when it has no text. */
  Optional<String> value(Payload value) {
    return switch (value) {
      case Payload.Text plain -> Optional.of(text(plain.value()));
      case Payload.Json json -> Optional.of(json(json.value()));
      case Payload.Bytes bytes ->
          Optional.of(text(new String(bytes.value(), StandardCharsets.UTF_8)));
      case Payload.Stream _, Payload.Native _, Payload.Batch _, Payload.Broken _, Payload.Empty _ ->
          Optional.empty();
    };
  }

  /** A JSON value as text: nothing for an object, an array or null. */
  String json(JsonNode node) {
    if (node.isTextual()) {
      return text(node.textValue());
    }
    if (node.isNumber()) {
      return number(node.decimalValue());
    }
    return node.isBoolean() ? node.asText() : "";
  }

  private String text(String value) {
    return text.isEmpty() ? value : Moment.parse(value).map(dates::format).orElse(value);
  }

  private String number(BigDecimal number) {
    var standard = STANDARD_NUMBER.matcher(text);
    if (standard.matches()) {
      int digits = standard.group(2).isEmpty() ? -1 : Integer.parseInt(standard.group(2));
      return switch (Character.toUpperCase(text.charAt(0))) {
        case 'D' -> padded(number.setScale(0, RoundingMode.HALF_UP), digits);
        case 'X' -> hexadecimal(number, digits);
        case 'N' -> decimal("#,##0", digits, number);
        default -> decimal("0", digits, number);
      };
    }
    if (CUSTOM_NUMBER.matcher(text).matches()) {
      return format(text, number);
    }
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }

  private static String padded(BigDecimal number, int digits) {
    String plain = number.abs().toPlainString();
    return (number.signum() < 0 ? "-" : "")
        + "0".repeat(Math.max(0, digits - plain.length()))
        + plain;
  }

  private String hexadecimal(BigDecimal number, int digits) {
    String plain = Long.toHexString(number.longValue());
    String cased = text.charAt(0) == 'X' ? plain.toUpperCase(Locale.ROOT) : plain;
    return "0".repeat(Math.max(0, digits - cased.length())) + cased;
  }

  private static String decimal(String whole, int digits, BigDecimal number) {
    int places = digits < 0 ? 2 : digits;
    return format(whole + (places == 0 ? "" : "." + "0".repeat(places)), number);
  }

  private static String format(String pattern, BigDecimal number) {
    DecimalFormat format =
        new DecimalFormat(pattern, DecimalFormatSymbols.getInstance(Locale.ROOT));
    format.setRoundingMode(RoundingMode.HALF_UP);
    return format.format(number);
  }
}
