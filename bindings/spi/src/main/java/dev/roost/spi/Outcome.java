package dev.roost.spi;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** How an invocation ended. Settlement is data: the delivery decides what to do with it. */
public sealed interface Outcome {

  /**
   * The function returned and its outputs were written.
   *
   * @param reply what the function says to the event's sender, for example an {@link HttpResponse};
   *     {@link Payload#EMPTY} when it says nothing
   */
  record Succeeded(Payload reply) implements Outcome {}

  /**
   * The function, a conversion or an output failed.
   *
   * @param cause why
   * @param permanent true when another try can't help
   * @param retryAfter a pause that the function asked for
   */
  record Failed(Throwable cause, boolean permanent, Optional<Duration> retryAfter)
      implements Outcome {
    public Failed(Throwable cause) {
      this(cause, false, Optional.empty());
    }
  }

  /**
   * The function took a {@link Payload.Batch}, returned, and said of some items that they failed;
   * the others succeeded.
   *
   * @param failures by position in the batch
   */
  record Partial(Map<Integer, Failed> failures) implements Outcome {
    public Partial {
      failures = Map.copyOf(failures);
    }
  }

  /**
   * The function was not run to its end by a decision of the host, such as a shutdown: the event
   * belongs to somebody else at once and no attempt is counted where the source allows that.
   *
   * @param reason why, for the log
   */
  record Abandoned(String reason) implements Outcome {}
}
