package dev.roost.storage.queue;

import dev.roost.spi.Backlog;
import dev.roost.spi.Delivery;
import dev.roost.spi.Demand;
import dev.roost.spi.Health;
import dev.roost.spi.ManualDelivery;
import dev.roost.spi.Payload;
import dev.roost.spi.Source;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** The messages of one queue for one function, each a delivery of its own. */
final class QueueSource implements Source.Pull {
  private static final Logger LOG = System.getLogger("Host.Triggers.Queue");

  /** Azure gives no more messages at once. */
  private static final int LARGEST_PAGE = 32;

  private final QueueListening listening;
  private final Doorbell doorbell;
  private final QueueVolume volume;
  private final boolean bounded;

  /**
   * @param bounded true when batchSize and newBatchThreshold bound what runs at once
   */
  QueueSource(QueueListening listening, Doorbell doorbell, QueueVolume volume, boolean bounded) {
    this.bounded = bounded;
    this.listening = listening;
    this.doorbell = doorbell;
    this.volume = volume;
  }

  @Override
  public Health health() {
    return health(listening.queue());
  }

  @Override
  public Map<String, String> details() {
    return details(listening);
  }

  /** Where messages come from and how often an empty queue is asked. */
  static Map<String, String> details(QueueListening listening) {
    return Map.of(
        "queue",
        listening.queue().name(),
        "maxPollingInterval",
        listening.options().maxPollingInterval().toString());
  }

  /** A trigger creates no queue: it says that it waits for one. */
  static Health health(LeasedQueue queue) {
    return queue.isMissing()
        ? new Health(Health.State.UP, "waits for queue '" + queue.name() + "' to be created")
        : Health.UP;
  }

  @Override
  public int concurrency() {
    return listening.options().batchSize() + listening.options().newBatchThreshold();
  }

  @Override
  public OptionalInt ceiling() {
    return bounded ? OptionalInt.of(concurrency()) : OptionalInt.empty();
  }

  private int page() {
    return bounded ? listening.options().batchSize() : LARGEST_PAGE;
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
  public boolean redelivers() {
    return true;
  }

  /** The next batch is asked for when no more than newBatchThreshold messages run. */
  @Override
  public Demand demand() {
    return new Demand(
        listening.options().batchSize(), Math.max(listening.options().batchSize(), page()));
  }

  @Override
  public void start(Runnable wake) {
    doorbell.listen(listening.queue().url(), wake);
  }

  @Override
  public List<Delivery> poll(int permits) throws IOException, InterruptedException {
    int most = Math.min(permits, page());
    List<Delivery> deliveries = new ArrayList<>();
    for (LeasedMessage message : receive(listening, most)) {
      deliveries.add(new QueueDelivery(listening, message, listening.payload(message)));
    }
    return deliveries;
  }

  /** Receives what may run; what had all its attempts goes to poison on the way. */
  static List<LeasedMessage> receive(QueueListening listening, int most)
      throws IOException, InterruptedException {
    List<LeasedMessage> runnable = new ArrayList<>();
    for (LeasedMessage message : listening.queue().receive(most)) {
      if (listening.settlement().isSpent(message)) {
        bury(listening, message);
      } else {
        runnable.add(message);
      }
    }
    return runnable;
  }

  private static void bury(QueueListening listening, LeasedMessage message) {
    try {
      listening
          .settlement()
          .bury(
              message,
              "it had all attempts that maxDequeueCount "
                  + listening.options().maxDequeueCount()
                  + " allows");
    } catch (IOException e) { // the messages received with it must still run
      LOG.log(
          Level.WARNING,
          "A message of function ''{0}'' is not moved to poison yet: {1}",
          listening.function(),
          e.getMessage());
    }
  }

  /** The input is the text of the message. */
  @Override
  public Delivery manual(String function, Payload input) {
    Payload payload = listening.manual(input);
    return new ManualDelivery(function, payload, MessageData.of(payload));
  }

  @Override
  public Duration maxIdle() {
    return listening.options().maxPollingInterval();
  }
}
