package dev.roost.spi;

/**
 * How many events a pull source wants to be asked for at once.
 *
 * @param least a poll waits until this many permits are free
 * @param most a poll takes no more permits than this
 */
public record Demand(int least, int most) {
  public Demand {
    if (least < 1 || most < least) {
      throw new IllegalArgumentException("demand " + least + ".." + most);
    }
  }
}
