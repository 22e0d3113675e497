package dev.roost.host.invoke;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A function ran longer than {@code functionTimeout} of host.json allows. */
public final class FunctionTimeoutException extends Exception {

  /**
   * @param function its name in logs
   * @param limit how long it may run
   * @param cause what it threw when it was interrupted, if anything
   */
  FunctionTimeoutException(String function, Duration limit, @Nullable Throwable cause) {
    super(
        "Timeout value of "
            + TimeText.of(limit)
            + " was exceeded by function: "
            + function
            + ". Raise functionTimeout in host.json, or make the function end sooner.",
        cause);
  }
}
