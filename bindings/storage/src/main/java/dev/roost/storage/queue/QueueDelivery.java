package dev.roost.storage.queue;

import dev.roost.spi.BindingData;
import dev.roost.spi.Delivery;
import dev.roost.spi.Outcome;
import dev.roost.spi.Payload;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One message on its way through its function. */
final class QueueDelivery implements Delivery {
  private final QueueListening listening;
  private final LeasedMessage message;
  private final Payload payload;
  private @Nullable BindingData data;
  private String invocationId = "";

  QueueDelivery(QueueListening listening, LeasedMessage message, Payload payload) {
    this.listening = listening;
    this.message = message;
    this.payload = payload;
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
      data = MessageData.of(message, payload);
    }
    return data;
  }

  @Override
  public long attempt() {
    return message.dequeueCount();
  }

  @Override
  public Optional<Instant> enqueuedAt() {
    return Optional.ofNullable(message.insertedOn()).map(OffsetDateTime::toInstant);
  }

  @Override
  public String reason() {
    return listening.reason();
  }

  @Override
  public Map<String, String> details() {
    Map<String, String> details = new LinkedHashMap<>();
    details.put("MessageId", message.id());
    details.put("DequeueCount", Long.toString(message.dequeueCount()));
    MessageData.time(message.insertedOn()).ifPresent(time -> details.put("InsertedOn", time));
    return details;
  }

  @Override
  public Map<String, String> spanAttributes() {
    return message.spanAttributes();
  }

  @Override
  public void invoked(String id) {
    invocationId = id;
  }

  @Override
  public Optional<Duration> renewEvery() {
    return Optional.of(listening.renewEvery());
  }

  @Override
  public boolean renew() throws IOException {
    return message.renew();
  }

  @Override
  public void settle(Outcome outcome) throws IOException {
    var run = new Settlement.Run(invocationId, payload instanceof Payload.Broken);
    listening.settlement().settle(message, outcome, run);
  }
}
