package dev.roost.http.route;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.regex.Pattern;

/** Which texts .NET's invariant {@code TryParse} methods take, for the constraints of routes. */
final class DotNetText {
  private static final BigInteger INT_MIN = BigInteger.valueOf(Integer.MIN_VALUE);
  private static final BigInteger INT_MAX = BigInteger.valueOf(Integer.MAX_VALUE);
  private static final BigInteger LONG_MIN = BigInteger.valueOf(Long.MIN_VALUE);
  private static final BigInteger LONG_MAX = BigInteger.valueOf(Long.MAX_VALUE);
  private static final BigDecimal DECIMAL_MAX =
      new BigDecimal("79228162514264337593543950335.5").subtract(new BigDecimal("0.000001"));
  private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]{1,64}");
  private static final Pattern DECIMAL =
      Pattern.compile(
          "(?=.*[0-9])(?:[+-]?\\s*[0-9][0-9,]*\\.?[0-9]*|[+-]?\\s*\\.[0-9]+|[0-9][0-9,]*\\.?[0-9]*[+-]|\\.[0-9]+[+-])");
  private static final Pattern DOUBLE =
      Pattern.compile("[+-]?(?:[0-9][0-9,]*\\.?[0-9]*|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?");
  private static final Pattern NOT_FINITE =
      Pattern.compile("[+-]?(?:infinity|nan|\u221e)", Pattern.CASE_INSENSITIVE);
  private static final String HEX4 = "[0-9a-fA-F]{4}";
  private static final String DASHED = HEX4 + HEX4 + "(?:-" + HEX4 + "){3}-" + HEX4 + HEX4 + HEX4;
  private static final Pattern GUID =
      Pattern.compile(
          "[0-9a-fA-F]{32}|"
              + DASHED
              + "|\\{"
              + DASHED
              + "\\}|\\("
              + DASHED
              + "\\)|\\{0x[0-9a-fA-F]{1,8}(?:,0x[0-9a-fA-F]{1,4}){2},"
              + "\\{0x[0-9a-fA-F]{1,2}(?:,0x[0-9a-fA-F]{1,2}){7}\\}\\}");

  private DotNetText() {}

  static boolean isInt(String value) {
    return isIntegerIn(value, INT_MIN, INT_MAX);
  }

  static boolean isLong(String value) {
    return isIntegerIn(value, LONG_MIN, LONG_MAX);
  }

  static boolean isLongIn(String value, long low, long high) {
    return isIntegerIn(value, BigInteger.valueOf(low), BigInteger.valueOf(high));
  }

  static boolean isBool(String value) {
    String trimmed = value.strip();
    return trimmed.equalsIgnoreCase("true") || trimmed.equalsIgnoreCase("false");
  }

  static boolean isDecimal(String value) {
    String trimmed = value.strip();
    if (trimmed.length() > 512 || !DECIMAL.matcher(trimmed).matches()) {
      return false;
    }
    StringBuilder digits = new StringBuilder(trimmed.length());
    for (int i = 0; i < trimmed.length(); i++) {
      char c = trimmed.charAt(i);
      if (c == '.' || (c >= '0' && c <= '9')) {
        digits.append(c);
      }
    }
    return new BigDecimal(digits.toString()).compareTo(DECIMAL_MAX) < 0;
  }

  static boolean isDouble(String value) {
    String trimmed = value.strip();
    return DOUBLE.matcher(trimmed).matches() || NOT_FINITE.matcher(trimmed).matches();
  }

  static boolean isGuid(String value) {
    return GUID.matcher(value.strip()).matches();
  }

  static boolean isAlpha(String value) {
    for (int i = 0; i < value.length(); i++) {
      int letter = value.charAt(i) | 0x20;
      if (letter < 'a' || letter > 'z') {
        return false;
      }
    }
    return true;
  }

  private static boolean isIntegerIn(String value, BigInteger low, BigInteger high) {
    String trimmed = value.strip();
    if (!INTEGER.matcher(trimmed).matches()) {
      return false;
    }
    BigInteger number = new BigInteger(trimmed);
    return number.compareTo(low) >= 0 && number.compareTo(high) <= 0;
  }
}
