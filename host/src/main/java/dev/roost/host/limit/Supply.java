package dev.roost.host.limit;

/**
 * The volume of one source: what waits in it and how fast more comes. An estimate, which may be
 * some seconds old.
 *
 * @param waiting events that nobody has fetched yet; NaN when nobody knows
 * @param perSecond events that arrive in a second; NaN when nobody knows
 */
public record Supply(double waiting, double perSecond) {
  /** Nobody knows. */
  public static final Supply UNKNOWN = new Supply(Double.NaN, Double.NaN);

  private static final double PLENTY = 5;
  private static final double LITTLE = 0.1;

  /** True when it is known that {@code rate} events a second have enough to do for a while. */
  boolean isPlenty(double rate) {
    return waiting > PLENTY * rate;
  }

  /**
   * True when it is known that hardly anything waits beside what is in flight, and that no more
   * arrives than ends: what is done then depends on what arrives, and not on the limit.
   */
  boolean isLittle(double inFlight, double rate) {
    return waiting < LITTLE * inFlight && !(perSecond > 1.1 * rate);
  }
}
