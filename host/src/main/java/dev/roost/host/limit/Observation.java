package dev.roost.host.limit;

/**
 * What happened at one gate during a short span.
 *
 * @param seconds how long it was
 * @param completions events settled in it
 * @param failures those of them that failed, were throttled or dropped
 * @param latency the seconds that the completed ones held their permits, summed
 * @param latencySquares the squares of the same, summed
 * @param occupied permits in use integrated over the span: permit-seconds
 * @param supply what the source has to give
 * @param ceiling the most that anybody else allows now, such as the share of a strained process
 */
public record Observation(
    double seconds,
    long completions,
    long failures,
    double latency,
    double latencySquares,
    double occupied,
    Supply supply,
    Ceiling ceiling) {

  /**
   * A bound from outside.
   *
   * @param most the bound
   * @param strained true when the process has no capacity to spare: nothing is tried upwards
   * @param why who sets it
   */
  public record Ceiling(int most, boolean strained, String why) {
    /** No bound. */
    public static final Ceiling NONE = new Ceiling(Integer.MAX_VALUE, false, "");
  }
}
