package dev.roost.servicebus.trigger;

import com.azure.messaging.servicebus.ServiceBusReceivedMessage;
import com.azure.messaging.servicebus.ServiceBusReceiverAsyncClient;
import com.azure.messaging.servicebus.models.ServiceBusMessageState;
import com.azure.messaging.servicebus.models.SubQueue;
import dev.roost.servicebus.namespace.EntityPath;
import dev.roost.servicebus.namespace.ServiceBusFault;
import dev.roost.spi.Backlog;
import java.io.IOException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import reactor.core.publisher.Mono;

/**
 * Counts what waits, by peeking: that needs no right to manage the namespace. It sees {@value
 * #MOST} messages of a place at the most, and those that somebody runs right now are among them.
 */
final class Volume {
  private static final int MOST = 1000;
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

  private Backlog count(EntityPath path, Backlog.Kind kind) throws IOException {
    ServiceBusReceiverAsyncClient receiver = listening.namespace().receiver(path, 0);
    List<ServiceBusReceivedMessage> peeked;
    try {
      peeked = ServiceBusFault.call("count messages of '" + path + "'", all(receiver), LIMIT);
    } finally {
      receiver.close();
    }
    long events = 0;
    OffsetDateTime oldest = null;
    for (ServiceBusReceivedMessage message :
        peeked == null ? List.<ServiceBusReceivedMessage>of() : peeked) {
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
  private static Mono<List<ServiceBusReceivedMessage>> all(ServiceBusReceiverAsyncClient receiver) {
    return receiver.peekMessages(MOST).collectList();
  }

  private Duration age(OffsetDateTime enqueued) {
    Duration age = Duration.between(enqueued.toInstant(), listening.host().clock().now());
    return age.isNegative() ? Duration.ZERO : age;
  }
}
