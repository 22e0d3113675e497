package dev.roost.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The query of a request target: {@code a=1&b=}, form-encoded, as browsers send it. */
final class Query {
  private Query() {}

  /** False when a percent sign is not followed by two hexadecimal digits. */
  static boolean isWellFormed(String raw) {
    for (int at = raw.indexOf('%'); at >= 0; at = raw.indexOf('%', at + 3)) {
      if (at + 2 >= raw.length()
          || Character.digit(raw.charAt(at + 1), 16) < 0
          || Character.digit(raw.charAt(at + 2), 16) < 0) {
        return false;
      }
    }
    return true;
  }

  /** Decoded values by decoded name, both in order; names without a value have an empty one. */
  static Map<String, List<String>> parse(String raw) {
    if (raw.isEmpty()) {
      return Map.of();
    }
    Map<String, List<String>> values = new LinkedHashMap<>();
    int start = 0;
    while (start <= raw.length()) {
      int end = raw.indexOf('&', start);
      end = end < 0 ? raw.length() : end;
      if (end > start) {
        int equals = raw.indexOf('=', start);
        boolean bare = equals < 0 || equals > end;
        String name = decode(raw.substring(start, bare ? end : equals));
        String value = bare ? "" : decode(raw.substring(equals + 1, end));
        values.computeIfAbsent(name, _ -> new ArrayList<>(1)).add(value);
      }
      start = end + 1;
    }
    return Collections.unmodifiableMap(values);
  }

  private static String decode(String text) {
    if (text.indexOf('%') < 0) {
      return text.indexOf('+') < 0 ? text : text.replace('+', ' ');
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '%') {
        bytes.write(
            Character.digit(text.charAt(i + 1), 16) << 4 | Character.digit(text.charAt(i + 2), 16));
        i += 2;
      } else {
        bytes.write(c == '+' ? ' ' : c);
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
