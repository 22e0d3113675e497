package dev.roost.annotations;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * One message for a queue output, with what its body alone can't say. Give it, or a list or array
 * of them, to the {@code OutputBinding} or as the return value. Immutable.
 */
public final class QueueMessage {
  private final Object body;
  private final Optional<Duration> delay;
  private final Optional<Duration> timeToLive;

  private QueueMessage(Object body, Optional<Duration> delay, Optional<Duration> timeToLive) {
    this.body = body;
    this.delay = delay;
    this.timeToLive = timeToLive;
  }

  /**
   * A message that is visible at once and lives as long as the queue lets it, seven days.
   *
   * @param body text, bytes, or an object that becomes JSON; never split into several messages
   */
  public static QueueMessage of(Object body) {
    return new QueueMessage(Objects.requireNonNull(body), Optional.empty(), Optional.empty());
  }

  /** The same, invisible for this long, at most seven days. */
  public QueueMessage withDelay(Duration newDelay) {
    return new QueueMessage(body, Optional.of(newDelay), timeToLive);
  }

  /** The same, gone after this long unless it was received; longer than the delay. */
  public QueueMessage withTimeToLive(Duration newTimeToLive) {
    if (newTimeToLive.toSeconds() < 1) {
      throw new IllegalArgumentException("a message lives for a second at least");
    }
    return new QueueMessage(body, delay, Optional.of(newTimeToLive));
  }

  /** The same, until it is received. */
  public QueueMessage neverExpiring() {
    return new QueueMessage(body, delay, Optional.of(Duration.ZERO));
  }

  /** Its body. */
  public Object body() {
    return body;
  }

  /** How long it is invisible at first. */
  public Optional<Duration> delay() {
    return delay;
  }

  /** How long it lives; zero for ever, empty for as long as the queue lets it. */
  public Optional<Duration> timeToLive() {
    return timeToLive;
  }
}
