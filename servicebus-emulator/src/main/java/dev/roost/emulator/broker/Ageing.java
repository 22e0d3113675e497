package dev.roost.emulator.broker;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** Watches that no message waits for longer than its sender and its queue allow. */
final class Ageing {
  private final BrokerServices services;
  private final Optional<Duration> most;
  private final Consumer<Entry> expired;

  /** {@code expired} is told of a message whose time is over. */
  Ageing(BrokerServices services, Optional<Duration> most, Consumer<Entry> expired) {
    this.services = services;
    this.most = most;
    this.expired = expired;
  }

  void watch(Entry entry) {
    entry
        .message()
        .timeToLive()
        .filter(own -> most.isEmpty() || own.compareTo(most.get()) < 0)
        .or(() -> most)
        .map(entry.enqueued()::plus)
        .ifPresent(end -> entry.expiresBy(services.alarms().at(end, () -> expired.accept(entry))));
  }
}
