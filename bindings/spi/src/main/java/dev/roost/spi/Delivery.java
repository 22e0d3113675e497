package dev.roost.spi;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * One event on loan from its source. The host invokes the function once with it, renews the loan
 * while that runs, and settles it exactly once. Methods may be called from any thread, {@link
 * #renew()} concurrently with the function but never with {@link #settle}.
 */
public interface Delivery {

  /** The name of the function that this event is for. */
  String function();

  /** The body before conversion. */
  Payload payload();

  /** The trigger metadata. */
  BindingData data();

  /** Why the function runs, for the {@code Executing} line. */
  String reason();

  /** The values of the {@code Trigger Details} line; empty for no line. */
  default Map<String, String> details() {
    return Map.of();
  }

  /** Which delivery of the same event this is, from 1, as far as its source counts. */
  default long attempt() {
    return 1;
  }

  /** When the event came to be, by its source's clock; empty when that is not known. */
  default Optional<Instant> enqueuedAt() {
    return Optional.empty();
  }

  /** The sender's W3C {@code traceparent}, when it is known. */
  default Optional<String> traceParent() {
    return Optional.empty();
  }

  /** The sender's W3C {@code tracestate}; empty when it told none. */
  default String traceState() {
    return "";
  }

  /**
   * What the span of its invocation says of it, by OpenTelemetry's semantic conventions; {@code
   * faas.trigger} is {@code http}, {@code pubsub}, {@code datasource} or {@code timer}. No secrets
   * and no content. Asked only when spans are recorded.
   */
  default Map<String, String> spanAttributes() {
    return Map.of();
  }

  /** How often {@link #renew()} wants to be called; empty when the loan has no end. */
  default Optional<Duration> renewEvery() {
    return Optional.empty();
  }

  /**
   * Prolongs the loan.
   *
   * @return false when the loan is lost for good: renewal ends, the function goes on
   * @throws IOException when it could not be done now and may be tried again
   */
  default boolean renew() throws IOException {
    return true;
  }

  /**
   * Starts its invocation on {@code thread}, or soon on a virtual thread of the source's own that
   * can spare itself: never within this call, and never twice. Not asked when the function wants a
   * platform thread.
   */
  default void start(Thread.Builder.OfVirtual thread, Runnable invocation) {
    thread.start(invocation);
  }

  /**
   * Told before each attempt, on the thread that settles later: the id in its log lines. Behind it
   * come the arguments and the user's code.
   */
  default void invoked(String invocationId) {}

  /**
   * Told once, right before the function is called with this event, on the thread that settles it
   * later. A source that can lose its right to run the event keeps the handle.
   */
  default void started(Running running) {}

  /**
   * Told when the function's time is over while its code still runs, and no other attempt follows:
   * the outcome will be a failure, whatever the code returns. A source whose sender waits may
   * answer now. On any thread, perhaps beside {@link #settle}; returns soon.
   */
  default void overdue() {}

  /**
   * Gives the event back.
   *
   * @throws IOException when the source could not be told; the event may then come again
   */
  void settle(Outcome outcome) throws IOException;
}
