package dev.roost.spi;

import java.util.Locale;

/** Which way a binding's data flows, as the {@code direction} of function.json says it. */
public enum Direction {
  IN,
  OUT,
  INOUT;

  /** The spelling of function.json: {@code in}, {@code out}, {@code inout}. */
  public String json() {
    return name().toLowerCase(Locale.ROOT);
  }
}
