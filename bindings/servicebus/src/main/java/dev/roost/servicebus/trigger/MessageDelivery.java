package dev.roost.servicebus.trigger;

import com.azure.messaging.servicebus.ServiceBusReceivedMessage;
import dev.roost.servicebus.namespace.ServiceBusFault;
import dev.roost.spi.BindingData;
import dev.roost.spi.Delivery;
import dev.roost.spi.Outcome;
import dev.roost.spi.Payload;
import dev.roost.spi.Running;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One message on its way through its function. */
final class MessageDelivery implements Delivery {
  private static final Duration RENEWAL_LIMIT = Duration.ofSeconds(5);
  private static final TimeText ENQUEUED = new TimeText();
  private static final TimeText LOCKED = new TimeText();

  private final Listening listening;
  private final LockedMessage message;
  private final Holding holding;
  private final Payload payload;
  private final Renewal renewal;
  private final Optional<Instant> enqueuedAt;
  private @Nullable BindingData data;

  MessageDelivery(Listening listening, LockedMessage message, Holding holding) {
    this.listening = listening;
    this.message = message;
    this.holding = holding;
    this.payload = listening.payload(message.raw());
    this.renewal = new Renewal(listening);
    this.enqueuedAt =
        Optional.ofNullable(message.raw().getEnqueuedTime()).map(OffsetDateTime::toInstant);
  }

  @Override
  public String function() {
    return listening.function();
  }

  @Override
  public Payload payload() {
    return payload;
  }

  /** Made when asked for, on the thread of the function: it may parse the body. */
  @Override
  public synchronized BindingData data() {
    if (data == null) {
      data = MessageFields.of(message, payload, message.state(holding));
    }
    return data;
  }

  @Override
  public String reason() {
    return listening.reason();
  }

  @Override
  public Map<String, String> details() {
    ServiceBusReceivedMessage raw = message.raw();
    Map<String, String> details = new LinkedHashMap<>();
    details.put("MessageId", message.id());
    details.put("SequenceNumber", Long.toString(raw.getSequenceNumber()));
    details.put("DeliveryCount", Long.toString(message.deliveries()));
    enqueuedAt.ifPresent(time -> details.put("EnqueuedTimeUtc", ENQUEUED.text(time)));
    details.put("LockedUntilUtc", LOCKED.text(message.lockedUntil()));
    if (raw.getSessionId() != null) {
      details.put("SessionId", raw.getSessionId());
    }
    return details;
  }

  @Override
  public long attempt() {
    return message.deliveries();
  }

  @Override
  public Optional<Instant> enqueuedAt() {
    return enqueuedAt;
  }

  @Override
  public Optional<String> traceParent() {
    return property("traceparent").or(() -> property("Diagnostic-Id"));
  }

  @Override
  public String traceState() {
    return property("tracestate").orElse("");
  }

  private Optional<String> property(String name) {
    return message.raw().getApplicationProperties().get(name) instanceof String text
        ? Optional.of(text)
        : Optional.empty();
  }

  @Override
  public Map<String, String> spanAttributes() {
    return message.spanAttributes(listening.path().toString());
  }

  @Override
  public void started(Running running) {
    holding.started(running);
  }

  /** A session's lock is the session's business. */
  @Override
  public Optional<Duration> renewEvery() {
    return message.ofSession() ? Optional.empty() : renewal.next(message.renewEvery());
  }

  @Override
  public boolean renew() throws IOException {
    Boolean ours =
        ServiceBusFault.call("renew message " + message.name(), message.renewal(), RENEWAL_LIMIT);
    return ours == null || ours;
  }

  @Override
  public void settle(Outcome outcome) throws IOException {
    Settlement settlement = listening.settlement();
    try {
      if (settlement.onlyCompletes(outcome)) {
        Settlement.complete(message);
      } else {
        ServiceBusFault.call(
            "settle message " + message.name(),
            settlement.settle(message, outcome, payload instanceof Payload.Broken),
            listening.settleLimit());
      }
    } finally {
      message.reception().settled(1);
      holding.settled();
    }
  }
}
