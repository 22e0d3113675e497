package dev.roost.emulator.config;

import java.time.Duration;
import java.util.Optional;

/**
 * A queue, or what a subscription has of a queue. Defaults are those of Azure: locks of one minute,
 * dead-lettering after ten deliveries.
 *
 * @param duplicates how long message ids are remembered to drop duplicates; empty remembers none
 */
public record QueueConfig(
    String name,
    boolean requiresSession,
    Locking locking,
    Expiry expiry,
    Optional<Duration> duplicates,
    Forwarding forwarding) {

  /**
   * How messages are lent.
   *
   * @param duration how long a lock lasts
   * @param maxDeliveryCount a message given back so often goes to the dead-letter queue
   */
  public record Locking(Duration duration, int maxDeliveryCount) {}

  /** A queue with defaults. */
  public static QueueConfig queue(String name) {
    return new QueueConfig(
        name,
        false,
        new Locking(Duration.ofMinutes(1), 10),
        Expiry.NONE,
        Optional.empty(),
        Forwarding.NONE);
  }

  /** Messages are received session by session. */
  public QueueConfig withSessions() {
    return new QueueConfig(name, true, locking, expiry, duplicates, forwarding);
  }

  /** A lock, of a message or a session, lasts {@code duration}. */
  public QueueConfig lockDuration(Duration duration) {
    return with(new Locking(duration, locking.maxDeliveryCount()));
  }

  /** A message given back {@code count} times goes to the dead-letter queue. */
  public QueueConfig maxDeliveryCount(int count) {
    return with(new Locking(locking.duration(), count));
  }

  /** A message waits no longer than {@code duration}. */
  public QueueConfig timeToLive(Duration duration) {
    return with(new Expiry(Optional.of(duration), expiry.deadLetter()));
  }

  /** Expired messages go to the dead-letter queue. */
  public QueueConfig deadLetterExpired() {
    return with(new Expiry(expiry.timeToLive(), true));
  }

  /** A message whose id came within {@code window} is dropped. */
  public QueueConfig duplicates(Duration window) {
    return new QueueConfig(name, requiresSession, locking, expiry, Optional.of(window), forwarding);
  }

  /** Every message goes on to the queue or topic {@code destination}. */
  public QueueConfig forwardTo(String destination) {
    return with(new Forwarding(Optional.of(destination), forwarding.deadLettersTo()));
  }

  /** Dead letters go to the queue or topic {@code destination}. */
  public QueueConfig forwardDeadLettersTo(String destination) {
    return with(new Forwarding(forwarding.to(), Optional.of(destination)));
  }

  /** A dead-letter queue of this one: no sessions, no expiry, no limit of deliveries. */
  public QueueConfig deadLetters() {
    return queue(name).with(new Locking(locking.duration(), Integer.MAX_VALUE));
  }

  private QueueConfig with(Locking changed) {
    return new QueueConfig(name, requiresSession, changed, expiry, duplicates, forwarding);
  }

  private QueueConfig with(Expiry changed) {
    return new QueueConfig(name, requiresSession, locking, changed, duplicates, forwarding);
  }

  private QueueConfig with(Forwarding changed) {
    return new QueueConfig(name, requiresSession, locking, expiry, duplicates, changed);
  }
}
