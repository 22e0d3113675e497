package dev.roost.benchmarks;

import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Silences the Azure SDK as the host does. With the JDK's HTTP client it warns about each request
 * that has a body length, which would cost the hand-written loop more than the request.
 */
public final class Quiet {
  /** Held, or the logging system forgets the level. */
  private static final Logger SDK = Logger.getLogger("com.azure");

  private Quiet() {}

  /** Does it. */
  public static void azure() {
    SDK.setLevel(Level.OFF);
  }
}
