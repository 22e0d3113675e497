package dev.roost.emulator.broker;

import dev.roost.emulator.codec.Message;
import dev.roost.emulator.config.QueueConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A queue, the queue of a subscription, or a dead-letter queue. Methods throw {@link Refused}. The
 * event loop's thread owns it.
 */
public final class Queue implements Destination {
  private final String path;
  private final QueueConfig config;
  private final BrokerServices services;
  private final @Nullable Queue deadLetters;
  private final @Nullable Queue transferDeadLetters;
  private final TreeMap<Long, Entry> entries = new TreeMap<>();
  private final Lane lane = new Lane(this::hand);
  private final Loans loans;
  private final @Nullable Sessions sessions;
  private final Waiting waiting;
  private final Intake intake;
  private final Departures departures;
  private final Ageing ageing;
  private final Rendering rendering;

  private Queue(String path, QueueConfig config, BrokerServices services, boolean primary) {
    this.path = path;
    this.config = config;
    this.services = services;
    deadLetters = primary ? dead(path + "/$deadletterqueue", config, services) : null;
    transferDeadLetters =
        primary ? dead(path + "/$transfer/$deadletterqueue", config, services) : null;
    loans = new Loans(services, config.locking().duration(), entry -> giveBack(entry, true));
    sessions =
        config.requiresSession()
            ? new Sessions(
                services, config.locking().duration(), this::hand, this::sessionLockEnded)
            : null;
    waiting = new Waiting(lane, sessions);
    intake = new Intake(services, config.duplicates(), this::admit);
    departures =
        new Departures(path, config.forwarding(), services, deadLetters, transferDeadLetters);
    ageing = new Ageing(services, config.expiry().timeToLive(), this::expire);
    rendering = new Rendering(services);
  }

  static Queue of(String path, QueueConfig config, BrokerServices services) {
    return new Queue(path, config, services, true);
  }

  private static Queue dead(String path, QueueConfig config, BrokerServices services) {
    return new Queue(path, config.deadLetters(), services, false);
  }

  /** Its address, as {@code orders} or {@code events/subscriptions/audit/$deadletterqueue}. */
  public String path() {
    return path;
  }

  /** What was asked for when it was made. */
  public QueueConfig config() {
    return config;
  }

  /** Its dead-letter queue; empty when it is one. */
  public Optional<Queue> deadLetters() {
    return Optional.ofNullable(deadLetters);
  }

  /** Messages that could not be passed on; empty when it is a dead-letter queue. */
  public Optional<Queue> transferDeadLetters() {
    return Optional.ofNullable(transferDeadLetters);
  }

  // --- sending

  @Override
  public void send(Message message) {
    requireSession(message);
    intake.send(message);
  }

  @Override
  public long schedule(Message message) {
    requireSession(message);
    return intake.schedule(message);
  }

  @Override
  public void cancelScheduled(Iterable<Long> numbers) {
    intake.cancel(numbers);
  }

  @Override
  public void forward(Arrival arrival) {
    requireSession(arrival.message());
    intake.forward(arrival);
  }

  private void requireSession(Message message) {
    if (sessions != null && message.sessionId().isEmpty()) {
      throw new Refused(
          Conditions.NOT_ALLOWED,
          "The SessionId was not set on a message, and '" + path + "' requires sessions.");
    }
  }

  void admit(Arrival arrival) {
    Entry entry =
        new Entry(intake.nextNumber(), services.clock().now(), arrival, MessageState.ACTIVE);
    if (departures.forwards()) {
      departures.passOn(entry);
      return;
    }
    entries.put(entry.number(), entry);
    if (deadLetters != null) {
      ageing.watch(entry);
    }
    waiting.offer(entry);
  }

  /** A message that cannot come in goes to the dead-letter queue at once. */
  void refuse(Arrival arrival, String reason, String description) {
    departures.deadLetter(
        new Entry(intake.nextNumber(), services.clock().now(), arrival, MessageState.ACTIVE),
        Settlement.DeadLetter.because(reason, description));
  }

  // --- receiving

  /** A receiver comes; a queue that forwards has none. */
  public void attach(Consumer consumer) {
    refuseReceiversOfForwarder();
    if (sessions != null) {
      throw new Refused(
          Conditions.NOT_ALLOWED,
          "'" + path + "' requires sessions; a receiver without a session cannot be created.");
    }
    lane.attach(consumer);
    lane.pump();
  }

  /** A receiver waits for a session: for this one, or for the next that is free when null. */
  public void accept(@Nullable String sessionId, Duration wait, Acceptor acceptor) {
    refuseReceiversOfForwarder();
    if (sessions == null) {
      throw new Refused(
          Conditions.NOT_ALLOWED,
          "'" + path + "' does not require sessions; a session receiver cannot be created.");
    }
    sessions.accept(sessionId, wait, acceptor);
  }

  private void refuseReceiversOfForwarder() {
    if (departures.forwards()) {
      throw new Refused(
          Conditions.NOT_ALLOWED, "'" + path + "' forwards its messages; nobody can receive here.");
    }
  }

  /** It no longer waits for a session. */
  public void cancel(Acceptor acceptor) {
    if (sessions != null) {
      sessions.cancel(acceptor);
    }
  }

  /** A receiver has gone. Its locks stay until they end by themselves, unless asked otherwise. */
  public void detach(Consumer consumer, @Nullable Session session) {
    if (sessions != null && session != null) {
      sessions.release(session, consumer, this::sessionReleased);
      return;
    }
    lane.detach(consumer);
    if (services.releaseOnDetach()) {
      loans.of(consumer).forEach(token -> giveBack(loans.take(token), false));
    }
  }

  /** A receiver is ready for more. */
  public void pump(@Nullable Session session) {
    if (session != null) {
      session.lane().pump();
    } else {
      lane.pump();
    }
  }

  private void hand(Entry entry, Consumer consumer) {
    if (consumer.destructive()) {
      drop(entry);
      consumer.deliver(UUID.randomUUID(), rendering.encode(entry));
      return;
    }
    Session session = waiting.sessionOf(entry);
    UUID token = loans.lend(entry, session, consumer);
    consumer.deliver(token, rendering.encode(entry));
  }

  /** Does what the receiver decided. */
  public void settle(UUID token, Settlement settlement) {
    if (settlement instanceof Settlement.DeadLetter && deadLetters == null) {
      throw new Refused(Conditions.NOT_ALLOWED, "'" + path + "' has no dead-letter queue.");
    }
    Entry entry = loans.take(token);
    switch (settlement) {
      case Settlement.Complete _ -> drop(entry);
      case Settlement.Abandon(Map<String, Object> properties) -> {
        entry.modify(properties);
        giveBack(entry, true);
      }
      case Settlement.Defer(Map<String, Object> properties) -> {
        entry.modify(properties);
        entry.become(MessageState.DEFERRED);
      }
      case Settlement.DeadLetter letter -> deadLetter(entry, letter);
    }
  }

  /** Extends a lock; its new end. */
  public Instant renew(UUID token) {
    Session session = loans.sessionOf(token);
    return session == null ? loans.renew(token) : renewSession(session.id());
  }

  /** Messages from a number on, in any state, without locking them. */
  public List<byte[]> peek(long from, int count, Optional<String> sessionId) {
    Stream<Entry> stored = entries.tailMap(from).values().stream();
    Stream<Entry> all =
        intake.scheduled() == 0
            ? stored
            : Stream.concat(stored, intake.scheduled(from))
                .sorted(Comparator.comparingLong(Entry::number));
    return all.filter(entry -> !entry.expired())
        .filter(entry -> sessionId.isEmpty() || sessionId.equals(entry.message().sessionId()))
        .limit(count)
        .map(rendering::encode)
        .toList();
  }

  /** Deferred messages by their numbers: all of them or, if one is not there, none. */
  public List<Lent> receiveDeferred(
      List<Long> numbers, boolean destructive, Optional<String> sessionId) {
    List<Entry> found = new ArrayList<>();
    for (Long number : numbers) {
      Entry entry = entries.get(number);
      if (entry == null || entry.state() != MessageState.DEFERRED || entry.loan() != null) {
        throw new Refused(
            Conditions.MESSAGE_NOT_FOUND, "No deferred message has the number " + number + ".");
      }
      found.add(entry);
    }
    Session session = sessionId.map(this::session).orElse(null);
    return found.stream().map(entry -> lend(entry, destructive, session)).toList();
  }

  private Lent lend(Entry entry, boolean destructive, @Nullable Session session) {
    UUID token = UUID.randomUUID();
    if (destructive) {
      drop(entry);
    } else {
      token = loans.lend(entry, session, null);
    }
    return new Lent(token, new org.apache.qpid.proton.amqp.Binary(rendering.encode(entry)));
  }

  // --- sessions

  /** A session that a receiver holds. */
  public Session session(String id) {
    return Optional.ofNullable(sessions)
        .flatMap(all -> all.find(id))
        .filter(Session::locked)
        .orElseThrow(() -> Sessions.lost(id));
  }

  /** Extends the lock of a session; its new end. */
  public Instant renewSession(String id) {
    if (sessions == null) {
      throw Sessions.lost(id);
    }
    return sessions.renew(session(id));
  }

  private void sessionLockEnded(Entry entry) {
    loans.forget(entry);
    giveBack(entry, true);
  }

  private void sessionReleased(Entry entry) {
    loans.forget(entry);
    giveBack(entry, false);
  }

  // --- what becomes of messages

  private void giveBack(Entry entry, boolean counted) {
    if (counted) {
      entry.countDelivery();
    }
    int most = config.locking().maxDeliveryCount();
    if (entry.expired()) {
      expire(entry);
    } else if (counted && entry.deliveryCount() >= most) {
      deadLetter(
          entry,
          Settlement.DeadLetter.because(
              "MaxDeliveryCountExceeded",
              "Message could not be consumed after " + most + " delivery attempts."));
    } else if (entry.state() == MessageState.ACTIVE) {
      waiting.offer(entry);
    }
  }

  private void expire(Entry entry) {
    if (entry.loan() != null) {
      // Who holds the lock may still complete it.
      entry.expire();
      return;
    }
    if (config.expiry().deadLetter()) {
      deadLetter(
          entry,
          Settlement.DeadLetter.because(
              "TTLExpiredException", "The message expired and was dead lettered."));
    } else {
      drop(entry);
    }
  }

  private void deadLetter(Entry entry, Settlement.DeadLetter letter) {
    drop(entry);
    departures.deadLetter(entry, letter);
  }

  private void drop(Entry entry) {
    entry.forgetExpiry();
    entries.remove(entry.number());
    waiting.remove(entry);
  }

  // --- for tests

  /** How many messages there are. */
  public Counts counts() {
    int deferred = 0;
    for (Entry entry : entries.values()) {
      if (entry.state() == MessageState.DEFERRED && entry.loan() == null) {
        deferred++;
      }
    }
    return new Counts(
        waiting.size(),
        loans.size(),
        deferred,
        intake.scheduled(),
        deadLetters == null ? 0 : deadLetters.entries.size(),
        waiting.receivers());
  }

  /** Whether no message waits and none is locked. */
  public boolean idle() {
    return loans.size() == 0 && waiting.size() == 0;
  }

  /** Ends every lock, as if its time were over. */
  public void expireLocks() {
    loans.expireAll();
    if (sessions != null) {
      List.copyOf(sessions.all()).stream().filter(Session::locked).forEach(sessions::expire);
    }
  }

  /** Removes every message, locked ones too. */
  public void purge() {
    loans.clear();
    intake.forgetScheduled();
    List.copyOf(entries.values()).forEach(this::drop);
    deadLetters().ifPresent(Queue::purge);
    transferDeadLetters().ifPresent(Queue::purge);
  }
}
