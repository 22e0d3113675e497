package dev.roost.emulator.broker;

import dev.roost.emulator.codec.Message;
import dev.roost.emulator.time.Alarm;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A message in a queue. */
final class Entry {
  private final long number;
  private final Instant enqueued;
  private final Arrival arrival;
  private Message message;
  private int deliveryCount;
  private MessageState state;
  private @Nullable Loan loan;
  private @Nullable Alarm expiry;
  private boolean expired;

  Entry(long number, Instant enqueued, Arrival arrival, MessageState state) {
    this.number = number;
    this.enqueued = enqueued;
    this.arrival = arrival;
    this.message = arrival.message();
    this.deliveryCount = arrival.deliveryCount();
    this.state = state;
  }

  long number() {
    return number;
  }

  Instant enqueued() {
    return enqueued;
  }

  Arrival arrival() {
    return arrival;
  }

  Message message() {
    return message;
  }

  int deliveryCount() {
    return deliveryCount;
  }

  MessageState state() {
    return state;
  }

  @Nullable Loan loan() {
    return loan;
  }

  boolean expired() {
    return expired;
  }

  /** What goes on when this entity passes it on; it keeps its first number and its count. */
  Arrival onward(Map<String, Object> properties) {
    return new Arrival(
        message.adding(properties),
        deliveryCount,
        Optional.of(arrival.enqueuedAs().orElse(number)),
        arrival.deadLetteredBy(),
        arrival.hops() + 1);
  }

  void modify(Map<String, Object> properties) {
    message = message.adding(properties);
  }

  void countDelivery() {
    deliveryCount++;
  }

  void become(MessageState next) {
    state = next;
  }

  void lend(@Nullable Loan next) {
    loan = next;
  }

  void expiresBy(Alarm alarm) {
    expiry = alarm;
  }

  void expire() {
    expired = true;
  }

  void forgetExpiry() {
    if (expiry != null) {
      expiry.cancel();
      expiry = null;
    }
  }
}
