package dev.roost.servicebus.trigger;

import com.azure.messaging.servicebus.ServiceBusReceivedMessage;
import com.azure.messaging.servicebus.ServiceBusReceiverAsyncClient;
import com.azure.messaging.servicebus.models.ServiceBusMessageState;
import com.azure.messaging.servicebus.models.SubQueue;
import dev.roost.servicebus.namespace.EntityPath;
import dev.roost.servicebus.namespace.ServiceBusFault;
import dev.roost.spi.Backlog;
import dev.roost.spi.Source;
import java.io.IOException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Counts what waits, by peeking: that needs no right to manage the namespace. It sees {@value
 * #MOST} messages of a place at the most, and those that somebody runs right now are among them.
 */
final class Volume {
  private static final int MOST = 1000;

  /** As many as the limit wants to know of: the service gives them with one answer. */
  private static final int ENOUGH = 250;

  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final Listening listening;

  Volume(Listening listening) {
    this.listening = listening;
  }

  List<Backlog> read() throws IOException {
    EntityPath path = listening.path();
    List<Backlog> places = new ArrayList<>();
    places.add(count(path, Backlog.Kind.WAITING));
    if (path.part() == SubQueue.NONE) {
      places.add(count(path.deadLetters(), Backlog.Kind.POISON));
    }
    return places;
  }

  /** The messages that wait or run, up to {@value #ENOUGH}. */
  OptionalLong unsettled() throws IOException {
    List<ServiceBusReceivedMessage> peeked = peek(listening.path(), ENOUGH);
    if (peeked.size() >= ENOUGH) {
      return OptionalLong.of(Source.MORE_THAN_COUNTED);
    }
    return OptionalLong.of(
        peeked.stream()
            .filter(message -> message.getState() == ServiceBusMessageState.ACTIVE)
            .count());
  }

  private Backlog count(EntityPath path, Backlog.Kind kind) throws IOException {
    long events = 0;
    OffsetDateTime oldest = null;
    for (ServiceBusReceivedMessage message : peek(path, MOST)) {
      if (message.getState() == ServiceBusMessageState.ACTIVE) {
        events++;
        OffsetDateTime time = message.getEnqueuedTime();
        if (time != null && (oldest == null || time.isBefore(oldest))) {
          oldest = time;
        }
      }
    }
    return new Backlog(path.toString(), kind, events, Optional.ofNullable(oldest).map(this::age));
  }

  /** The service gives some hundred at once at the most. */
  private List<ServiceBusReceivedMessage> peek(EntityPath path, int most) throws IOException {
    ServiceBusReceiverAsyncClient receiver = listening.namespace().receiver(path, 0);
    try {
      List<ServiceBusReceivedMessage> peeked =
          ServiceBusFault.call(
              "count messages of '" + path + "'", receiver.peekMessages(most).collectList(), LIMIT);
      return peeked == null ? List.of() : peeked;
    } finally {
      receiver.close();
    }
  }

  private Duration age(OffsetDateTime enqueued) {
    Duration age = Duration.between(enqueued.toInstant(), listening.host().clock().now());
    return age.isNegative() ? Duration.ZERO : age;
  }
}
