package dev.roost.servicebus.trigger;

import dev.roost.spi.Delivery;
import dev.roost.spi.Payload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How the messages of a link become deliveries: one for one, or as batches. */
sealed interface Deliveries {

  /** How many messages a link may have on their way, for this many deliveries. */
  int messages(int deliveries);

  /** Makes at most so many deliveries of what a link has. */
  List<Delivery> take(Reception reception, int most, Holding holding);

  /** Each message by itself. */
  record Single(Listening listening) implements Deliveries {
    @Override
    public int messages(int deliveries) {
      return deliveries;
    }

    @Override
    public List<Delivery> take(Reception reception, int most, Holding holding) {
      List<Delivery> deliveries = new ArrayList<>();
      for (LockedMessage message : reception.take(most)) {
        deliveries.add(new MessageDelivery(listening, message, holding));
      }
      return deliveries;
    }
  }

  /**
   * Many messages at once. A batch is due when it is full; when it has the least that it waits for
   * and nothing more came for a moment; or when its first message waited long enough. What can't be
   * read is delivered alone, so that its neighbours don't fail with it.
   */
  record Batches(Listening listening) implements Deliveries {
    /** What arrives together comes within a few milliseconds. */
    private static final Duration MOMENT = Duration.ofMillis(15);

    @Override
    public int messages(int deliveries) {
      return deliveries > 0 ? listening.options().batch().most() : 0;
    }

    @Override
    public List<Delivery> take(Reception reception, int most, Holding holding) {
      if (most < 1 || !isDue(reception)) {
        return List.of();
      }
      List<LockedMessage> messages = reception.take(listening.options().batch().most());
      List<LockedMessage> readable = new ArrayList<>();
      List<Delivery> deliveries = new ArrayList<>();
      for (LockedMessage message : messages) {
        if (listening.payload(message.raw()) instanceof Payload.Broken) {
          deliveries.add(new MessageDelivery(listening, message, holding));
        } else {
          readable.add(message);
        }
      }
      if (!readable.isEmpty()) {
        deliveries.add(new BatchDelivery(listening, readable, holding));
      }
      return deliveries;
    }

    private boolean isDue(Reception reception) {
      ServiceBusOptions.Batch batch = listening.options().batch();
      int waiting = reception.waiting();
      if (waiting == 0 || waiting >= batch.most()) {
        return waiting > 0;
      }
      Duration limit = waiting >= batch.least() ? MOMENT : batch.patience();
      long since = waiting >= batch.least() ? reception.lastChange() : reception.waitsSince();
      Duration waited = Duration.ofNanos(listening.host().clock().nanoTime() - since);
      if (waited.compareTo(limit) >= 0) {
        return true;
      }
      reception.lookAgainAfter(limit.minus(waited));
      return false;
    }
  }
}
