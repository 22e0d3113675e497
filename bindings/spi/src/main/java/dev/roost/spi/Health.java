package dev.roost.spi;

import java.util.Locale;

/**
 * What a listener says of itself.
 *
 * @param state in one word
 * @param reason why, for a person; empty when all is well
 */
public record Health(State state, String reason) {
  /** All is well. */
  public static final Health UP = new Health(State.UP, "");

  /** Works, but something it needs does not: it retries by itself. */
  public static Health degraded(String reason) {
    return new Health(State.DEGRADED, reason);
  }

  /** Healthy and idle on purpose: another host holds the lock. */
  public static Health standby(String reason) {
    return new Health(State.STANDBY, reason);
  }

  /** The states of a listener. */
  public enum State {
    UP,
    STANDBY,
    DEGRADED;

    /** As it is written in JSON. */
    public String json() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
