package dev.roost.host.limit;

/**
 * How much the process has to do, against what it can.
 *
 * @param runQueue threads that run or want to, for each core: the operating system's and the
 *     virtual ones
 * @param cpu the part of the cores in use, 0 to 1
 * @param cpuThreshold the part that the app allows; 1 when it said nothing
 * @param carrierDelay how long a virtual thread waits for its first step, in seconds
 * @param heap what is in use after a collection, of the heap's most, 0 to 1
 */
public record Strain(
    double runQueue, double cpu, double cpuThreshold, double carrierDelay, double heap) {
  private static final double LONG_QUEUE = 3;
  private static final double FULL_QUEUE = 1.5;
  private static final double LONG_DELAY = 0.05;
  private static final double SCARCE_HEAP = 0.85;
  private static final double FULL_HEAP = 0.75;

  /** Nothing to do. */
  public static final Strain NONE = new Strain(0, 0, 1, 0, 0);

  /** True when less in flight would do as much: some must go. */
  public boolean overloaded() {
    return exceeded() || runQueue > LONG_QUEUE || carrierDelay > LONG_DELAY;
  }

  /**
   * True when a bound is exceeded that even a function alone must keep. Its own curve tells it that
   * the cores are taken.
   */
  public boolean exceeded() {
    return heap > SCARCE_HEAP || cpu > cpuThreshold;
  }

  /** True when there is no capacity to spare: no more may come. */
  public boolean full() {
    return overloaded() || runQueue > FULL_QUEUE || heap > FULL_HEAP || cpu > 0.95 * cpuThreshold;
  }

  /** What is scarce, for people. */
  public String why() {
    if (heap > FULL_HEAP) {
      return "the heap is %.0f %% full after collections".formatted(heap * 100);
    }
    if (cpu > 0.95 * cpuThreshold && cpuThreshold < 1) {
      return "the CPU is above cpuThreshold";
    }
    return carrierDelay > LONG_DELAY
        ? "virtual threads wait %.0f ms to begin".formatted(carrierDelay * 1000)
        : "%.1f threads want each core".formatted(runQueue);
  }
}
