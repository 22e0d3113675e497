package dev.roost.host.limit;

import dev.roost.host.limit.Observation.Ceiling;
import java.util.ArrayList;
import java.util.List;

/**
 * Divides what an overloaded process may have in flight among its functions, by their weights. The
 * whole shrinks while the process is overloaded and grows again when it is not; without overload
 * nobody is bounded. What a function does not use of its share is the others'. Not safe for use by
 * many threads.
 */
public final class Shares {
  private static final double SHRINK_PER_SECOND = 0.8;
  private static final double GROW_PER_SECOND = 1.2;

  private final double floor;
  private double whole = Double.POSITIVE_INFINITY;

  /**
   * What one function has and wants.
   *
   * @param inFlight events that run
   * @param wanting true when more would run if they might
   * @param weight its share is proportional to this; positive
   */
  public record Claim(double inFlight, boolean wanting, double weight) {
    boolean isActive() {
      return wanting || inFlight > 0;
    }
  }

  /**
   * @param floor the whole never shrinks below this: about two for each core
   */
  public Shares(double floor) {
    this.floor = floor;
  }

  /** What each may have in flight at the most, in the order of the claims. */
  public List<Ceiling> divide(Strain strain, List<Claim> claims, double seconds) {
    double inFlight = claims.stream().mapToDouble(Claim::inFlight).sum();
    boolean alone = claims.stream().filter(Claim::isActive).count() < 2;
    if (alone ? strain.exceeded() : strain.overloaded()) {
      whole = Math.max(floor, Math.min(whole, inFlight) * Math.pow(SHRINK_PER_SECOND, seconds));
    } else if (!strain.full()) {
      whole *= Math.pow(GROW_PER_SECOND, seconds);
    }
    if (whole > 2 * Math.max(floor, inFlight)) {
      whole = strain.full() ? whole : Double.POSITIVE_INFINITY;
    }
    String why = strain.full() ? strain.why() : "recovering from an overload";
    List<Ceiling> ceilings = new ArrayList<>();
    for (Claim claim : claims) {
      int most =
          Double.isInfinite(whole)
              ? Integer.MAX_VALUE
              : (int) Math.max(1, Math.round(share(claim, claims)));
      boolean strained = alone ? strain.exceeded() : strain.full();
      ceilings.add(new Ceiling(most, strained, "its share: " + why));
    }
    return ceilings;
  }

  /** Those that want less than their share leave the rest to those that want more. */
  private double share(Claim claim, List<Claim> claims) {
    double left = whole;
    double weights = weight(claims);
    if (!claim.isActive()) {
      weights += claim.weight();
    }
    double fair = whole * claim.weight() / weights;
    for (Claim other : claims) {
      double ofOther = whole * other.weight() / weights;
      if (!other.wanting() && other.isActive() && other.inFlight() < ofOther) {
        left -= other.inFlight();
        weights -= other.weight();
      }
    }
    return claim.wanting() ? Math.max(fair, left * claim.weight() / weights) : fair;
  }

  private static double weight(List<Claim> claims) {
    return claims.stream().filter(Claim::isActive).mapToDouble(Claim::weight).sum();
  }
}
