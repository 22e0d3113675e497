package dev.roost.host.limit;

/**
 * So many events a second: a bucket that fills by itself, up to one second's worth. Whoever takes
 * more than there is owes the rest, so that several may look before one of them takes. Safe for use
 * by many threads: a group shares one.
 */
public final class Tokens implements Valve {
  private final double perSecond;
  private final double most;
  private double left;
  private long filledAt;
  private boolean started;

  /**
   * @param perSecond positive
   */
  public Tokens(double perSecond) {
    this.perSecond = perSecond;
    this.most = Math.max(1, perSecond);
    this.left = most;
  }

  @Override
  public synchronized int open(int inFlight, long nanos) {
    if (started) {
      left = Math.min(most, left + (nanos - filledAt) / 1e9 * perSecond);
    }
    started = true;
    filledAt = nanos;
    return (int) Math.max(0, Math.min(Integer.MAX_VALUE, Math.floor(left)));
  }

  @Override
  public synchronized void begun(long nanos) {
    left--;
  }

  @Override
  public String why() {
    return "its rate limit of %s a second".formatted(perSecond);
  }

  @Override
  public Reason reason() {
    return Reason.RATE;
  }
}
