package dev.roost.emulator.broker;

import dev.roost.emulator.codec.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** What comes before a message is enqueued: numbers, duplicates, and messages for later. */
final class Intake {
  private final BrokerServices services;
  private final Duplicates duplicates;
  private final Schedule schedule;
  private final Consumer<Arrival> admit;
  private long lastNumber;

  /** {@code admit} enqueues a message whose time has come. */
  Intake(BrokerServices services, Optional<Duration> duplicateWindow, Consumer<Arrival> admit) {
    this.services = services;
    this.admit = admit;
    duplicates = new Duplicates(duplicateWindow, services.clock());
    // It is enqueued like any other then, with a number of its own.
    schedule = new Schedule(services.alarms(), entry -> admit.accept(entry.arrival()));
  }

  long nextNumber() {
    return ++lastNumber;
  }

  void send(Message message) {
    if (duplicates.has(message)) {
      return;
    }
    Optional<Instant> later = time(message).filter(at -> at.isAfter(services.clock().now()));
    if (later.isPresent()) {
      plan(message, later.get());
    } else {
      admit.accept(Arrival.sent(message));
    }
  }

  void forward(Arrival arrival) {
    if (!duplicates.has(arrival.message())) {
      admit.accept(arrival);
    }
  }

  long schedule(Message message) {
    return duplicates.has(message)
        ? nextNumber()
        : plan(message, time(message).orElse(services.clock().now()));
  }

  void cancel(Iterable<Long> numbers) {
    schedule.cancel(numbers);
  }

  /** The messages for later whose number is at least {@code from}. */
  Stream<Entry> scheduled(long from) {
    return schedule.entries(from);
  }

  int scheduled() {
    return schedule.size();
  }

  void forgetScheduled() {
    schedule.clear();
  }

  private Optional<Instant> time(Message message) {
    return message.scheduledFor().map(services.clock()::meant);
  }

  private long plan(Message message, Instant at) {
    Entry entry =
        new Entry(
            nextNumber(), services.clock().now(), Arrival.sent(message), MessageState.SCHEDULED);
    schedule.add(entry, at);
    return entry.number();
  }
}
