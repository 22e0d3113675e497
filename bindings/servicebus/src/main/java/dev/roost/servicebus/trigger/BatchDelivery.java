package dev.roost.servicebus.trigger;

import dev.roost.servicebus.namespace.ServiceBusFault;
import dev.roost.spi.BindingData;
import dev.roost.spi.Delivery;
import dev.roost.spi.Outcome;
import dev.roost.spi.Payload;
import dev.roost.spi.Running;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Several messages that go through their function as one. Each is settled by its own. */
final class BatchDelivery implements Delivery {
  private static final int CALLS_AT_ONCE = 64;
  private static final Duration RENEWAL_LIMIT = Duration.ofSeconds(10);

  private final Listening listening;
  private final List<LockedMessage> messages;
  private final Holding holding;
  private final Renewal renewal;

  BatchDelivery(Listening listening, List<LockedMessage> messages, Holding holding) {
    this.listening = listening;
    this.messages = List.copyOf(messages);
    this.holding = holding;
    this.renewal = new Renewal(listening);
  }

  @Override
  public String function() {
    return listening.function();
  }

  @Override
  public Payload payload() {
    return new Payload.Batch(
        messages.stream().map(message -> listening.payload(message.raw())).toList());
  }

  @Override
  public BindingData data() {
    return MessageFields.of(messages, messages.getFirst().state(holding));
  }

  @Override
  public long attempt() {
    return messages.stream().mapToLong(LockedMessage::deliveries).max().orElse(1);
  }

  @Override
  public String reason() {
    return listening.reason();
  }

  @Override
  public Map<String, String> details() {
    return Map.of("MessageCount", Integer.toString(messages.size()));
  }

  @Override
  public Map<String, String> spanAttributes() {
    Map<String, String> attributes =
        new HashMap<>(messages.getFirst().spanAttributes(listening.path().toString()));
    attributes.remove("messaging.message.id");
    attributes.put("messaging.batch.message_count", Integer.toString(messages.size()));
    return attributes;
  }

  @Override
  public void started(Running running) {
    holding.started(running);
  }

  /** As often as the one whose lock ends first wants it. */
  @Override
  public Optional<Duration> renewEvery() {
    return messages.getFirst().ofSession()
        ? Optional.empty()
        : messages.stream()
            .map(LockedMessage::renewEvery)
            .min(Comparator.naturalOrder())
            .flatMap(renewal::next);
  }

  /** Renews each; the loan is lost when all are. */
  @Override
  public boolean renew() throws IOException {
    Boolean any =
        ServiceBusFault.call(
            "renew a batch",
            Flux.fromIterable(messages)
                .flatMapDelayError(LockedMessage::renewal, CALLS_AT_ONCE, CALLS_AT_ONCE)
                .reduce(false, Boolean::logicalOr),
            RENEWAL_LIMIT);
    return any == null || any;
  }

  /** Settles each, whatever becomes of the others. */
  @Override
  public void settle(Outcome outcome) throws IOException {
    try {
      ServiceBusFault.call(
          "settle a batch",
          Flux.fromStream(IntStream.range(0, messages.size()).boxed())
              .flatMapDelayError(index -> settling(index, outcome), CALLS_AT_ONCE, CALLS_AT_ONCE)
              .then(),
          listening.settleLimit());
    } finally {
      messages.getFirst().reception().settled(messages.size());
      holding.settled();
    }
  }

  private Mono<Void> settling(int index, Outcome outcome) {
    Outcome own =
        outcome instanceof Outcome.Partial partial ? Settlement.ofItem(partial, index) : outcome;
    return listening.settlement().settle(messages.get(index), own, false);
  }
}
