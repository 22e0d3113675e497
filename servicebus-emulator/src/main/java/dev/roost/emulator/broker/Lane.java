package dev.roost.emulator.broker;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * Messages that wait to be taken, in the order of their numbers, and those who take them in turns.
 * A message that is given back stands at its old place.
 */
final class Lane {
  private final TreeMap<Long, Entry> waiting = new TreeMap<>();
  private final Deque<Consumer> consumers = new ArrayDeque<>();
  private final BiConsumer<Entry, Consumer> hand;

  /** {@code hand} hands a message, which is taken out of the lane before, to a ready consumer. */
  Lane(BiConsumer<Entry, Consumer> hand) {
    this.hand = hand;
  }

  void add(Entry entry) {
    waiting.put(entry.number(), entry);
  }

  void remove(Entry entry) {
    waiting.remove(entry.number());
  }

  void attach(Consumer consumer) {
    consumers.addLast(consumer);
  }

  void detach(Consumer consumer) {
    consumers.remove(consumer);
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  int size() {
    return waiting.size();
  }

  int consumers() {
    return consumers.size();
  }

  /** Hands over as many as are taken. */
  void pump() {
    while (!waiting.isEmpty()) {
      Optional<Consumer> next = nextReady();
      if (next.isEmpty()) {
        return;
      }
      hand.accept(waiting.pollFirstEntry().getValue(), next.get());
    }
  }

  private Optional<Consumer> nextReady() {
    for (int i = consumers.size(); i > 0; i--) {
      Consumer consumer = consumers.removeFirst();
      consumers.addLast(consumer);
      if (consumer.ready()) {
        return Optional.of(consumer);
      }
    }
    return Optional.empty();
  }
}
