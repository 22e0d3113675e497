package dev.roost.servicebus.trigger;

import dev.roost.servicebus.namespace.ServiceBusFault;
import dev.roost.spi.Backlog;
import dev.roost.spi.BindingData;
import dev.roost.spi.Delivery;
import dev.roost.spi.Demand;
import dev.roost.spi.Health;
import dev.roost.spi.ManualDelivery;
import dev.roost.spi.Payload;
import dev.roost.spi.Source;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The messages of one queue or subscription for one function, without sessions. */
final class MessageSource implements Source.Pull {
  /** Every arrival ends a pause; this is for what nobody tells. */
  static final Duration MAX_IDLE = Duration.ofSeconds(10);

  private final Listening listening;
  private final Deliveries deliveries;
  private final boolean batches;
  private final boolean bounded;
  private final Volume volume;
  private final Pulse pulse;
  private Runnable wake = () -> {};
  private @Nullable Reception reception;

  /**
   * @param bounded true when {@code maxConcurrentCalls} bounds what runs at once
   */
  MessageSource(Listening listening, boolean batches, boolean bounded) {
    this.bounded = bounded || batches;
    this.listening = listening;
    this.batches = batches;
    this.deliveries =
        batches ? new Deliveries.Batches(listening) : new Deliveries.Single(listening);
    this.volume = new Volume(listening);
    this.pulse = new Pulse(listening);
  }

  @Override
  public Health health() {
    return pulse.health();
  }

  /** One batch at a time, as in the official host. */
  @Override
  public int concurrency() {
    return batches ? 1 : listening.options().calls();
  }

  @Override
  public OptionalInt ceiling() {
    return bounded ? OptionalInt.of(concurrency()) : OptionalInt.empty();
  }

  @Override
  public Map<String, String> details() {
    return Map.of("entity", listening.path().toString());
  }

  @Override
  public List<Backlog> backlog() throws IOException {
    return volume.read();
  }

  @Override
  public OptionalLong unsettled() throws IOException {
    return volume.unsettled();
  }

  @Override
  public Demand demand() {
    return new Demand(1, Integer.MAX_VALUE);
  }

  @Override
  public void start(Runnable newWake) {
    wake = newWake;
    pulse.start();
  }

  @Override
  public List<Delivery> poll(int permits) throws IOException {
    Reception link = link();
    link.demand(deliveries.messages(permits));
    return deliveries.take(link, permits, Holding.NONE);
  }

  private Reception link() throws IOException {
    Reception link = reception;
    if (link == null) {
      link =
          new Reception(
                  listening.path().toString(),
                  listening.namespace().receiver(listening.path(), listening.options().prefetch()),
                  listening.host(),
                  false,
                  wake)
              .open();
      reception = link;
    }
    Throwable failure = link.failure();
    if (failure != null) {
      endLink();
      throw ServiceBusFault.of("receive from '" + listening.path() + "'", failure);
    }
    return link;
  }

  @Override
  public Duration maxIdle() {
    return MAX_IDLE;
  }

  @Override
  public void stop() {
    pulse.stop();
    endLink();
  }

  private void endLink() {
    if (reception != null) {
      reception.stop();
      reception = null;
    }
  }

  /** The input is the body of the message. */
  @Override
  public Delivery manual(String function, Payload input) {
    return manual(listening, batches, function, input);
  }

  static Delivery manual(Listening listening, boolean batches, String function, Payload input) {
    Payload body =
        switch (input) {
          case Payload.Empty _ -> Bodies.of(new byte[0], listening.binary());
          case Payload.Text(String text) ->
              Bodies.of(text.getBytes(StandardCharsets.UTF_8), listening.binary());
          default -> input;
        };
    return batches
        ? new ManualDelivery(function, new Payload.Batch(List.of(body)), BindingData.EMPTY)
        : new ManualDelivery(function, body, MessageFields.of(body));
  }
}
