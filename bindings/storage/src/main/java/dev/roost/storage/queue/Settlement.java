package dev.roost.storage.queue;

import dev.roost.spi.HostServices;
import dev.roost.spi.Outcome;
import dev.roost.spi.Payload;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;

/**
 * The verdict over a received message: delete, come again after a pause, or poison. Source of the
 * rules: QueueProcessor of the WebJobs extensions.
 */
public final class Settlement {
  private static final Logger LOG = System.getLogger("Host.Triggers.Queue");
  private static final Duration SHORTEST_WITHOUT_POISON = Duration.ofSeconds(1);
  private static final Duration LONGEST_WITHOUT_POISON = Duration.ofMinutes(10);

  private final Limit limit;
  private final Redelivery redelivery;
  private final Optional<String> poison;
  private final QueueWriter writer;
  private final Optional<PoisonRecords> records;

  Settlement(
      Limit limit,
      Redelivery redelivery,
      Optional<String> poison,
      QueueWriter writer,
      Optional<PoisonRecords> records) {
    this.limit = limit;
    this.redelivery = redelivery;
    this.poison = poison;
    this.writer = writer;
    this.records = records;
  }

  /**
   * The run that ended.
   *
   * @param invocationId the id in its log lines; empty when it never began
   * @param broken true when the body could not be decoded, so that it is poison at once
   */
  public record Run(String invocationId, boolean broken) {}

  /**
   * How many attempts a message has.
   *
   * @param attempts after so many it is poison
   * @param key the setting that says so, for the log
   */
  public record Limit(int attempts, String key) {}

  /**
   * Failed messages come again at once, and are poison, with a record, after so many attempts.
   *
   * @param function whose failures are recorded
   * @param poison the queue for them
   */
  public static Settlement of(
      HostServices host, String function, Limit limit, String poison, QueueWriter writer) {
    return new Settlement(
        limit,
        new Redelivery.Fixed(Duration.ZERO),
        Optional.of(poison),
        writer,
        Optional.of(new PoisonRecords(host, function)));
  }

  /**
   * True when the message had all its attempts before this one: it is poison and must not run. It
   * was received and never settled, because its hosts died or lost the storage.
   */
  public boolean isSpent(LeasedMessage message) {
    return poison.isPresent() && message.dequeueCount() > limit.attempts();
  }

  /** Settles a message. */
  public void settle(LeasedMessage message, Outcome outcome, Run run) throws IOException {
    switch (outcome) {
      case Outcome.Succeeded _ -> succeeded(message);
      case Outcome.Abandoned _ -> told(message, message.release(Duration.ZERO));
      case Outcome.Failed failed -> failed(message, failed, run);
      case Outcome.Partial partial -> settle(message, ofItem(partial, 0), run);
    }
  }

  /** What a partial outcome says of one item. */
  static Outcome ofItem(Outcome.Partial partial, int index) {
    Outcome.Failed failed = partial.failures().get(index);
    return failed == null ? new Outcome.Succeeded(Payload.EMPTY) : failed;
  }

  private void succeeded(LeasedMessage message) throws IOException {
    boolean deleted = message.delete();
    told(message, deleted);
    if (deleted) {
      LOG.log(
          Level.DEBUG, "Message {0} of queue ''{1}'' is deleted", message.id(), message.queue());
    }
    records.ifPresent(keeper -> keeper.succeeded(message));
  }

  private void failed(LeasedMessage message, Outcome.Failed failed, Run run) throws IOException {
    boolean last = run.broken() || failed.permanent() || message.dequeueCount() >= limit.attempts();
    records.ifPresent(keeper -> keeper.failed(message, run.invocationId(), failed.cause()));
    if (last && poison.isPresent()) {
      String why =
          run.broken()
              ? "its body can't be decoded"
              : failed.permanent()
                  ? "the function said that no retry can help"
                  : "it reached the " + limit.key() + " of " + limit.attempts();
      bury(message, why);
      return;
    }
    Duration pause = failed.retryAfter().orElseGet(() -> redelivery.after(message.dequeueCount()));
    told(message, message.release(last ? longer(message, pause) : bounded(pause)));
  }

  /**
   * Moves a message to the poison queue, where it never expires. A message that was lost meanwhile
   * is left to its new holder, so that one message is not poison twice.
   */
  public void bury(LeasedMessage message, String why) throws IOException {
    String queue = poison.orElseThrow();
    if (!message.renew()) {
      told(message, false);
      return;
    }
    String id = writer.send(queue, message.wire(), null, QueueWriter.FOR_EVER);
    records.ifPresent(keeper -> keeper.poisoned(message, queue, id, why));
    message.delete();
    LOG.log(Level.WARNING, "Message {0} is moved to queue ''{1}'': {2}", message.id(), queue, why);
  }

  /** There is no poison queue to end it: it comes again ever more seldom. */
  private Duration longer(LeasedMessage message, Duration pause) {
    long beyond = Math.max(1, message.dequeueCount() - limit.attempts() + 1);
    Duration grown =
        new Redelivery.Exponential(SHORTEST_WITHOUT_POISON, LONGEST_WITHOUT_POISON).after(beyond);
    return bounded(grown.compareTo(pause) > 0 ? grown : pause);
  }

  /** In whole seconds, rounded up, and no longer than the service allows. */
  private static Duration bounded(Duration pause) {
    Duration whole = Duration.ofSeconds(pause.plusNanos(999_999_999).toSeconds());
    return whole.compareTo(Redelivery.LONGEST) > 0 ? Redelivery.LONGEST : whole;
  }

  private static void told(LeasedMessage message, boolean settled) {
    if (!settled) {
      LOG.log(
          Level.INFO,
          "Message {0} was taken by somebody else before it was settled: it may run twice",
          message.id());
    }
  }
}
