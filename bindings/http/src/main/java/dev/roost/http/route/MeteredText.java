package dev.roost.http.route;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Text that can be looked at only so often, so that an expression that backtracks without end costs
 * a request and not an event loop.
 */
record MeteredText(CharSequence text, AtomicInteger looks) implements CharSequence {
  @Override
  public char charAt(int index) {
    if (looks.decrementAndGet() < 0) {
      throw new Exhausted();
    }
    return text.charAt(index);
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return new MeteredText(text.subSequence(start, end), looks);
  }

  @Override
  public String toString() {
    return text.toString();
  }

  /** The looks are used up. */
  static final class Exhausted extends RuntimeException {
    Exhausted() {
      super("too many looks", null, false, false);
    }
  }
}
