package dev.roost.storage.queue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.roost.spi.BindingData;
import dev.roost.spi.Delivery;
import dev.roost.spi.Outcome;
import dev.roost.spi.Payload;
import java.io.IOException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Several messages that go through their function as one. Each is settled by its own count. */
final class QueueBatchDelivery implements Delivery {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final QueueListening listening;
  private final List<Item> items;
  private String invocationId = "";

  /** One of the messages with its decoded body. */
  record Item(LeasedMessage message, Payload payload) {}

  QueueBatchDelivery(QueueListening listening, List<Item> items) {
    this.listening = listening;
    this.items = List.copyOf(items);
  }

  @Override
  public String function() {
    return listening.function();
  }

  @Override
  public Payload payload() {
    return new Payload.Batch(items.stream().map(Item::payload).toList());
  }

  /** The names of a single message with {@code Array} behind them, as Service Bus batches have. */
  @Override
  public BindingData data() {
    return BindingData.builder()
        .json("DequeueCountArray", array(message -> message.dequeueCount()))
        .json("IdArray", array(LeasedMessage::id))
        .json("PopReceiptArray", array(LeasedMessage::popReceipt))
        .json("InsertionTimeArray", array(message -> time(message.insertedOn())))
        .json("ExpirationTimeArray", array(message -> time(message.expiresOn())))
        .json("NextVisibleTimeArray", array(message -> time(message.nextVisibleOn())))
        .build();
  }

  private ArrayNode array(Function<LeasedMessage, Object> value) {
    ArrayNode array = NODES.arrayNode(items.size());
    for (Item item : items) {
      switch (value.apply(item.message())) {
        case Long number -> array.add(number);
        case Object text -> array.add(text.toString());
      }
    }
    return array;
  }

  private static String time(@Nullable OffsetDateTime time) {
    return MessageData.time(time).orElse("");
  }

  @Override
  public long attempt() {
    return items.stream().mapToLong(item -> item.message().dequeueCount()).max().orElse(1);
  }

  @Override
  public String reason() {
    return listening.reason();
  }

  @Override
  public Map<String, String> details() {
    return Map.of("MessageCount", Integer.toString(items.size()));
  }

  @Override
  public void invoked(String id) {
    invocationId = id;
  }

  @Override
  public Optional<Duration> renewEvery() {
    return Optional.of(listening.renewEvery());
  }

  /** Renews each; the loan is lost when all are. */
  @Override
  public boolean renew() throws IOException {
    boolean held = false;
    Failures failures = new Failures();
    for (Item item : items) {
      held |= failures.none(() -> item.message().renew());
    }
    failures.raise();
    return held;
  }

  /** Settles each, whatever becomes of the others. */
  @Override
  public void settle(Outcome outcome) throws IOException {
    Failures failures = new Failures();
    for (int i = 0; i < items.size(); i++) {
      LeasedMessage message = items.get(i).message();
      Outcome own =
          outcome instanceof Outcome.Partial partial ? Settlement.ofItem(partial, i) : outcome;
      failures.none(() -> {
        listening.settlement().settle(message, own, new Settlement.Run(invocationId, false));
        return true;
      });
    }
    failures.raise();
  }

  /** Collects what goes wrong with single messages. */
  private static final class Failures {
    private @Nullable IOException first;

    private interface Call {
      boolean make() throws IOException;
    }

    /** Makes the call; false when it fails. */
    boolean none(Call call) {
      try {
        return call.make();
      } catch (IOException e) {
        if (first == null) {
          first = e;
        } else {
          first.addSuppressed(e);
        }
        return false;
      }
    }

    void raise() throws IOException {
      if (first != null) {
        throw first;
      }
    }
  }
}
