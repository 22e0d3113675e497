package dev.roost.host.admin;

/**
 * How far a drain that was asked for over HTTP has come.
 *
 * @param asked true when listeners are to be still
 * @param invocations that run or are being settled
 * @param retries invocations that wait for their next try
 */
public record DrainStatus(boolean asked, int invocations, int retries) {

  /** The official word. */
  String state() {
    if (!asked) {
      return "Disabled";
    }
    return invocations == 0 && retries == 0 ? "Completed" : "InProgress";
  }
}
