package dev.roost.spi;

/** Who decides how many events of a source run at once. */
public enum Concurrency {
  /** The settings of its extension, with their official defaults. */
  STATIC,
  /** The host, up to what the app itself wrote into the settings of the extension. */
  CEILED,
  /** The host alone: what the app wrote for static limits is not in force. */
  DYNAMIC;

  /** True when a setting holds that the app may have written. */
  public boolean obeys(boolean written) {
    return this == STATIC || (this == CEILED && written);
  }
}
