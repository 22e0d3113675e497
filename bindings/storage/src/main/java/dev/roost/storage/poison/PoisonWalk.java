package dev.roost.storage.poison;

import dev.roost.storage.queue.LeasedMessage;
import dev.roost.storage.queue.LeasedQueue;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Goes through a queue once, message by message. Azure shows only the first 32 messages without
 * taking them, so these are taken on a short lease and given back at the end. A message that comes
 * again because its lease ran out is not told twice, and what was added after the walk began is not
 * told at all: a redriven message that fails again must not be redriven for ever.
 */
final class PoisonWalk implements AutoCloseable {
  private static final Logger LOG = System.getLogger("Host.Triggers.Queue");

  /** Azure gives no more messages at once. */
  static final int PAGE = 32;

  private final LeasedQueue queue;
  private final Instant begin;
  private final Workers workers;
  private final Set<String> seen = new HashSet<>();
  private final Map<String, LeasedMessage> kept = new LinkedHashMap<>();

  /**
   * @param begin by the account's clock
   */
  PoisonWalk(LeasedQueue queue, Instant begin, Workers workers) {
    this.queue = queue;
    this.begin = begin;
    this.workers = workers;
  }

  /** Messages that were not told yet, all of them ours; none at the end. */
  List<LeasedMessage> next() throws IOException, InterruptedException {
    boolean news = true;
    while (news) {
      news = false;
      List<LeasedMessage> fresh = new ArrayList<>();
      for (LeasedMessage message : queue.receive(PAGE)) {
        boolean first = seen.add(message.id());
        news |= first;
        kept.put(message.id(), message);
        if (first && !insertedOn(message).isAfter(begin)) {
          fresh.add(message);
        }
      }
      if (!fresh.isEmpty()) {
        return fresh;
      }
    }
    return List.of();
  }

  /** When a message was added, by the account's clock. */
  static Instant insertedOn(LeasedMessage message) {
    OffsetDateTime on = message.insertedOn();
    return on == null ? Instant.EPOCH : on.toInstant();
  }

  /** A message is gone from the queue, or somebody else's: it is not given back. */
  void forget(LeasedMessage message) {
    kept.remove(message.id());
  }

  /** Gives back what was taken; what can't be given back comes back when its lease ends. */
  @Override
  public void close() {
    try {
      workers.each(List.copyOf(kept.values()), PoisonWalk::giveBack);
    } catch (IOException | InterruptedException e) {
      LOG.log(Level.WARNING, "Messages come back by themselves: {0}", e.getMessage());
    }
  }

  private static boolean giveBack(LeasedMessage message) throws IOException {
    return message.release(java.time.Duration.ZERO);
  }
}
