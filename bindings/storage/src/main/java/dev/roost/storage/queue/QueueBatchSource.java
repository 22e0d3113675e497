package dev.roost.storage.queue;

import dev.roost.spi.Backlog;
import dev.roost.spi.BindingData;
import dev.roost.spi.Delivery;
import dev.roost.spi.Demand;
import dev.roost.spi.Health;
import dev.roost.spi.HostServices;
import dev.roost.spi.ManualDelivery;
import dev.roost.spi.Payload;
import dev.roost.spi.Source;
import dev.roost.storage.account.Workers;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The messages of one queue for a function that takes many at once: up to {@code batchSize} are one
 * delivery and take one permit. A message that can't be decoded fails alone, so that its neighbours
 * don't.
 */
final class QueueBatchSource implements Source.Pull {
  private final QueueListening listening;
  private final Doorbell doorbell;
  private final QueueVolume volume;
  private final boolean bounded;
  private final HeldMessages broken;
  private final Workers workers;

  /**
   * @param bounded true when batchSize and newBatchThreshold bound what runs at once
   */
  QueueBatchSource(
      HostServices host,
      QueueListening listening,
      Doorbell doorbell,
      QueueVolume volume,
      boolean bounded) {
    this.bounded = bounded;
    this.listening = listening;
    this.doorbell = doorbell;
    this.volume = volume;
    this.broken = new HeldMessages(host.waiter(), listening.queue().lease());
    this.workers = Workers.of(host);
  }

  @Override
  public Health health() {
    return QueueSource.health(listening.queue());
  }

  @Override
  public Map<String, String> details() {
    return QueueSource.details(listening);
  }

  /** As many batches as fill what one by one would run at once. */
  @Override
  public int concurrency() {
    QueueOptions options = listening.options();
    return (options.batchSize() + options.newBatchThreshold()) / options.batchSize();
  }

  @Override
  public OptionalInt ceiling() {
    return bounded ? OptionalInt.of(concurrency()) : OptionalInt.empty();
  }

  @Override
  public List<Backlog> backlog() throws IOException {
    return volume.read();
  }

  /** In batches, as the limit counts. */
  @Override
  public OptionalLong unsettled() throws IOException {
    int size = listening.options().batchSize();
    return OptionalLong.of(Math.ceilDiv(volume.unsettled().orElse(0), size));
  }

  @Override
  public boolean redelivers() {
    return true;
  }

  @Override
  public Demand demand() {
    return new Demand(1, 1);
  }

  @Override
  public void start(Runnable wake) {
    doorbell.listen(listening.queue().url(), wake);
  }

  @Override
  public List<Delivery> poll(int permits) throws IOException, InterruptedException {
    if (broken.size() == 0) {
      List<QueueBatchDelivery.Item> items = receive();
      if (!items.isEmpty()) {
        return List.of(new QueueBatchDelivery(listening, items, workers));
      }
    }
    return broken.take().<List<Delivery>>map(message -> List.of(alone(message))).orElse(List.of());
  }

  private Delivery alone(LeasedMessage message) {
    return new QueueDelivery(listening, message, listening.payload(message));
  }

  private List<QueueBatchDelivery.Item> receive() throws IOException, InterruptedException {
    List<QueueBatchDelivery.Item> items = new ArrayList<>();
    for (LeasedMessage message : QueueSource.receive(listening, listening.options().batchSize())) {
      Payload payload = listening.payload(message);
      if (payload instanceof Payload.Broken) {
        broken.add(message);
      } else {
        items.add(new QueueBatchDelivery.Item(message, payload));
      }
    }
    return items;
  }

  /** The input is the text of the one message of the batch. */
  @Override
  public Delivery manual(String function, Payload input) {
    return new ManualDelivery(
        function, new Payload.Batch(List.of(listening.manual(input))), BindingData.EMPTY);
  }

  @Override
  public void stop() {
    broken.close();
  }

  @Override
  public Duration maxIdle() {
    return listening.options().maxPollingInterval();
  }
}
