package dev.roost.http.route;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The path of a request, decoded once and cut at its slashes. An encoded slash stays encoded, so
 * that it never makes a segment (the rule of Kestrel); one trailing slash is ignored. Immutable.
 */
public final class RequestPath {
  private final String text;
  private final int[] cuts;
  private final boolean disguised;

  private RequestPath(String text, int[] cuts, boolean disguised) {
    this.text = text;
    this.cuts = cuts;
    this.disguised = disguised;
  }

  /**
   * Decodes the path of a request target.
   *
   * @param raw begins with a slash, has no query
   * @return empty when it has a bad escape, bytes that are not UTF-8, a control character, a raw
   *     backslash or a segment of dots: the sender gets 400
   */
  public static Optional<RequestPath> parse(String raw) {
    if (raw.isEmpty() || raw.charAt(0) != '/') {
      return Optional.empty();
    }
    boolean escaped = false;
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c <= ' ' || c >= 0x7f || c == '\\') {
        return Optional.empty();
      }
      escaped |= c == '%';
    }
    if (!escaped) {
      return cut(raw, false);
    }
    int slash = raw.indexOf('/', 1);
    int escape = raw.indexOf('%');
    return decode(raw).flatMap(text -> cut(text, slash < 0 || escape < slash));
  }

  private static Optional<RequestPath> cut(String text, boolean disguised) {
    int count = 0;
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '/') {
        count++;
      }
    }
    if (text.charAt(text.length() - 1) == '/') {
      count--;
    }
    int[] cuts = new int[count + 1];
    int start = 1;
    for (int i = 0; i < count; i++) {
      cuts[i] = start;
      int end = text.indexOf('/', start);
      end = end < 0 ? text.length() : end;
      if (isDots(text, start, end)) {
        return Optional.empty();
      }
      start = end + 1;
    }
    cuts[count] = start;
    return Optional.of(new RequestPath(text, cuts, disguised));
  }

  private static boolean isDots(String text, int start, int end) {
    int length = end - start;
    return length > 0 && length <= 2 && text.charAt(start) == '.' && text.charAt(end - 1) == '.';
  }

  private static Optional<String> decode(String raw) {
    byte[] bytes = new byte[raw.length()];
    int length = 0;
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c != '%') {
        bytes[length++] = (byte) c;
        continue;
      }
      int value = hex(raw, i + 1);
      if (value <= 0) {
        return Optional.empty();
      }
      if (value == '/') {
        bytes[length++] = '%';
      } else {
        bytes[length++] = (byte) value;
        i += 2;
      }
    }
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, length)).toString());
    } catch (CharacterCodingException _) {
      return Optional.empty();
    }
  }

  private static int hex(String raw, int at) {
    if (at + 2 > raw.length()) {
      return -1;
    }
    int high = Character.digit(raw.charAt(at), 16);
    int low = Character.digit(raw.charAt(at + 1), 16);
    return high < 0 || low < 0 ? -1 : high << 4 | low;
  }

  /** How many segments there are; none in {@code /}. */
  int size() {
    return cuts.length - 1;
  }

  /** Where segment {@code index} begins in {@link #text()}. */
  int start(int index) {
    return cuts[index];
  }

  /** Where segment {@code index} ends in {@link #text()}. */
  int end(int index) {
    return Math.min(cuts[index + 1] - 1, text.length());
  }

  /** Segment {@code index}. */
  String segment(int index) {
    return text.substring(start(index), end(index));
  }

  /** True when segment {@code index} is exactly {@code literal}, in any case. */
  boolean segmentIs(int index, String literal) {
    int start = start(index);
    return end(index) - start == literal.length()
        && text.regionMatches(true, start, literal, 0, literal.length());
  }

  /** The decoded path, beginning with a slash. */
  public String text() {
    return text;
  }

  /** True for the path {@code /}. */
  public boolean isRoot() {
    return text.length() == 1;
  }

  /** True when the first segment is {@code literal}, in any case and however it was written. */
  public boolean startsWith(String literal) {
    return size() > 0 && segmentIs(0, literal);
  }

  /**
   * True when the first segment was written with escapes. No host endpoint answers then: a proxy
   * that guards {@code /admin} compares the letters it sees.
   */
  public boolean isDisguised() {
    return disguised;
  }
}
