package dev.roost.storage.queue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.roost.spi.BindingData;
import dev.roost.spi.Delivery;
import dev.roost.spi.Outcome;
import dev.roost.spi.Payload;
import dev.roost.storage.account.Workers;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Several messages that go through their function as one. Each is settled by its own count. */
final class QueueBatchDelivery implements Delivery {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final QueueListening listening;
  private final List<Item> items;
  private final Workers workers;
  private volatile String invocationId = "";

  /** One of the messages with its decoded body. */
  record Item(LeasedMessage message, Payload payload) {}

  /**
   * @param workers make the calls of one batch, several at once
   */
  QueueBatchDelivery(QueueListening listening, List<Item> items, Workers workers) {
    this.listening = listening;
    this.workers = workers;
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
  public Map<String, String> spanAttributes() {
    Map<String, String> attributes = new HashMap<>(items.getFirst().message().spanAttributes());
    attributes.remove("messaging.message.id");
    attributes.put("messaging.batch.message_count", Integer.toString(items.size()));
    return attributes;
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
    return each("renewing", index -> items.get(index).message().renew());
  }

  /** Settles each, whatever becomes of the others. */
  @Override
  public void settle(Outcome outcome) throws IOException {
    each(
        "settling",
        index -> {
          Outcome own =
              outcome instanceof Outcome.Partial partial
                  ? Settlement.ofItem(partial, index)
                  : outcome;
          LeasedMessage message = items.get(index).message();
          listening.settlement().settle(message, own, new Settlement.Run(invocationId, false));
          return true;
        });
  }

  private interface Call {
    boolean make(int index) throws IOException;
  }

  /** Makes a call for each item, several at once; true when it is so for one at least. */
  private boolean each(String doing, Call call) throws IOException {
    List<Future<Boolean>> calls = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      int index = i;
      calls.add(workers.submit(() -> call.make(index)));
    }
    boolean any = false;
    IOException failure = null;
    for (Future<Boolean> one : calls) {
      try {
        any |= Workers.get(one);
      } catch (IOException e) {
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw (IOException)
            new InterruptedIOException("interrupted while " + doing + " a batch").initCause(e);
      }
    }
    if (failure != null) {
      throw failure;
    }
    return any;
  }
}
