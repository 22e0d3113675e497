package dev.roost.host.job;

import java.util.Locale;

/** How an execution ended. */
public enum Ending {
  /** Everything was done. */
  SUCCEEDED(0),
  /** A function failed and had all its attempts, or what waits could not be counted. */
  FAILED(1),
  /** Its time was over. */
  TIMED_OUT(124),
  /** The process was told to end. */
  STOPPED(143);

  private final int exitCode;

  Ending(int exitCode) {
    this.exitCode = exitCode;
  }

  /** The exit code of the process: as {@code timeout} and a shell give it. */
  public int exitCode() {
    return exitCode;
  }

  /** As in the JSON line. */
  String text() {
    return name().toLowerCase(Locale.ROOT).replace("_", "");
  }
}
