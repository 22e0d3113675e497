package dev.roost.emulator.broker;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The locked messages of a queue, by lock token. */
final class Loans {
  private final BrokerServices services;
  private final Duration duration;
  private final java.util.function.Consumer<Entry> ended;
  private final Map<UUID, Entry> lent = new LinkedHashMap<>();

  /** {@code ended} is told of a message whose lock ended by time. */
  Loans(BrokerServices services, Duration duration, java.util.function.Consumer<Entry> ended) {
    this.services = services;
    this.duration = duration;
    this.ended = ended;
  }

  /** Locks a message; in a session, the session's lock is that of the message. */
  UUID lend(Entry entry, @Nullable Session session, @Nullable Consumer holder) {
    UUID token = UUID.randomUUID();
    lent.put(token, entry);
    if (session == null) {
      entry.lend(timed(token, holder));
    } else {
      entry.lend(new Loan(token, session.lockedUntil(), null, session, holder));
      session.lent(entry);
    }
    return token;
  }

  /** Ends a lock by a decision of its holder. */
  Entry take(UUID token) {
    Entry entry = lent.remove(token);
    if (entry == null) {
      throw lost();
    }
    release(entry);
    return entry;
  }

  /** Ends the lock of a message. */
  void forget(Entry entry) {
    Loan loan = entry.loan();
    if (loan != null) {
      lent.remove(loan.token());
      release(entry);
    }
  }

  /** Extends a lock that is not a session's. */
  Instant renew(UUID token) {
    Entry entry = lent.get(token);
    Loan loan = entry == null ? null : entry.loan();
    if (entry == null || loan == null) {
      throw lost();
    }
    loan.cancel();
    Loan renewed = timed(token, loan.holder());
    entry.lend(renewed);
    return renewed.until();
  }

  @Nullable Session sessionOf(UUID token) {
    Entry entry = lent.get(token);
    Loan loan = entry == null ? null : entry.loan();
    return loan == null ? null : loan.session();
  }

  /** The locks of one receiver. */
  List<UUID> of(Consumer holder) {
    return lent.values().stream()
        .map(Entry::loan)
        .filter(loan -> loan != null && holder.equals(loan.holder()))
        .map(Loan::token)
        .toList();
  }

  int size() {
    return lent.size();
  }

  void expireAll() {
    for (UUID token : List.copyOf(lent.keySet())) {
      if (sessionOf(token) == null) {
        expire(token);
      }
    }
  }

  void clear() {
    for (UUID token : List.copyOf(lent.keySet())) {
      take(token);
    }
  }

  private Loan timed(UUID token, @Nullable Consumer holder) {
    Instant until = services.clock().now().plus(duration);
    return new Loan(token, until, services.alarms().at(until, () -> expire(token)), null, holder);
  }

  private void expire(UUID token) {
    Entry entry = lent.get(token);
    if (entry != null) {
      forget(entry);
      ended.accept(entry);
    }
  }

  private static void release(Entry entry) {
    Loan loan = entry.loan();
    if (loan != null) {
      loan.cancel();
      if (loan.session() != null) {
        loan.session().settled(entry);
      }
      entry.lend(null);
    }
  }

  private static Refused lost() {
    return new Refused(
        Conditions.MESSAGE_LOCK_LOST,
        "The lock is over: it ended by time, the message was settled, or the token is unknown.");
  }
}
