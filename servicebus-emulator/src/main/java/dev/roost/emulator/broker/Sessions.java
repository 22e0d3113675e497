package dev.roost.emulator.broker;

import dev.roost.emulator.time.Alarm;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The sessions of a queue, those who hold one, and those who wait for one. */
final class Sessions {
  private final BrokerServices services;
  private final Duration lockDuration;
  private final BiConsumer<Entry, Consumer> hand;
  private final java.util.function.Consumer<Entry> giveBack;
  private final Map<String, Session> sessions = new LinkedHashMap<>();
  private final Set<Session> offered = new LinkedHashSet<>();
  private final Map<Acceptor, Alarm> waiting = new LinkedHashMap<>();

  /** {@code giveBack} takes back a message whose session's lock ended, counting the delivery. */
  Sessions(
      BrokerServices services,
      Duration lockDuration,
      BiConsumer<Entry, Consumer> hand,
      java.util.function.Consumer<Entry> giveBack) {
    this.services = services;
    this.lockDuration = lockDuration;
    this.hand = hand;
    this.giveBack = giveBack;
  }

  /** The session, new if it was not there. */
  Session of(String id) {
    return sessions.computeIfAbsent(id, name -> new Session(name, new Lane(hand)));
  }

  Optional<Session> find(String id) {
    return Optional.ofNullable(sessions.get(id));
  }

  Collection<Session> all() {
    return sessions.values();
  }

  /** Grants a session now, or the next one that is free, or refuses after {@code wait}. */
  void accept(@Nullable String id, Duration wait, Acceptor acceptor) {
    if (id != null) {
      Session session = of(id);
      if (session.locked()) {
        acceptor.refuse(
            new Refused(
                Conditions.SESSION_CANNOT_BE_LOCKED,
                "The requested session '" + id + "' cannot be accepted: another receiver has it."));
        return;
      }
      grant(session, acceptor);
      return;
    }
    if (!offered.isEmpty()) {
      grant(offered.iterator().next(), acceptor);
      return;
    }
    Instant end = services.clock().now().plus(wait);
    waiting.put(acceptor, services.alarms().at(end, () -> giveUp(acceptor, wait)));
  }

  /** Nobody waits there any more. */
  void cancel(Acceptor acceptor) {
    Alarm alarm = waiting.remove(acceptor);
    if (alarm != null) {
      alarm.cancel();
    }
  }

  /** Messages of the session wait: pumps it, or offers it to those who wait for one. */
  void pump(Session session) {
    session.lane().pump();
    if (session.locked() || session.lane().isEmpty()) {
      offered.remove(session);
      forgetIfIdle(session);
      return;
    }
    if (waiting.isEmpty()) {
      offered.add(session);
      return;
    }
    Acceptor next = waiting.keySet().iterator().next();
    cancel(next);
    grant(session, next);
  }

  /** Extends the lock of a session that is held. */
  Instant renew(Session session) {
    if (!session.locked()) {
      throw lost(session.id());
    }
    return lock(session);
  }

  /** The lock ends by time; its receiver is told. */
  void expire(Session session) {
    Consumer holder = session.holder();
    session.unlock().forEach(giveBack);
    if (holder != null) {
      holder.revoke(lost(session.id()));
    }
    pump(session);
  }

  /** The receiver has gone; its messages are given back uncounted, as on Azure. */
  void release(Session session, Consumer holder, java.util.function.Consumer<Entry> uncounted) {
    if (holder.equals(session.holder())) {
      session.unlock().forEach(uncounted);
      pump(session);
    }
  }

  static Refused lost(String id) {
    return new Refused(
        Conditions.SESSION_LOCK_LOST, "The lock of the session '" + id + "' is over.");
  }

  private void grant(Session session, Acceptor acceptor) {
    offered.remove(session);
    lock(session);
    Consumer consumer = acceptor.accept(session);
    session.lock(consumer);
    session.lane().attach(consumer);
    session.lane().pump();
  }

  private Instant lock(Session session) {
    Instant until = services.clock().now().plus(lockDuration);
    session.lockUntil(until, services.alarms().at(until, () -> expire(session)));
    return until;
  }

  private void giveUp(Acceptor acceptor, Duration wait) {
    waiting.remove(acceptor);
    acceptor.refuse(
        new Refused(
            Conditions.TIMEOUT, "No session became available within " + wait.toMillis() + " ms."));
  }

  private void forgetIfIdle(Session session) {
    if (session.forgettable()) {
      sessions.remove(session.id());
    }
  }
}
