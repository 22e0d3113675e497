package dev.roost.storage.blob;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.roost.spi.Delivery;
import dev.roost.spi.Demand;
import dev.roost.spi.Health;
import dev.roost.spi.HostServices;
import dev.roost.spi.Payload;
import dev.roost.spi.PlainJson;
import dev.roost.spi.Source;
import dev.roost.storage.account.Workers;
import dev.roost.storage.queue.Doorbell;
import dev.roost.storage.queue.LeasedQueue;
import dev.roost.storage.queue.MessageEncoding;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Events of Event Grid that come through a storage queue, for one function: no public address is
 * needed, and what fails is poison of that queue.
 */
final class EventQueueSource implements Source.Pull {

  private final HostServices host;
  private final LeasedQueue queue;
  private final BlobFunction function;
  private final BlobOptions options;
  private @Nullable BlobMessages messages;

  EventQueueSource(
      HostServices host, LeasedQueue queue, BlobFunction function, BlobOptions options) {
    this.host = host;
    this.queue = queue;
    this.function = function;
    this.options = options;
  }

  @Override
  public synchronized Health health() {
    if (messages == null || !queue.isMissing()) {
      return messages == null ? Health.UP : messages.health();
    }
    return new Health(
        Health.State.UP, "waits for queue '" + queue.name() + "' of Event Grid to be created");
  }

  @Override
  public int concurrency() {
    return options.maxDegreeOfParallelism();
  }

  @Override
  public OptionalInt ceiling() {
    return options.ceiling();
  }

  @Override
  public Demand demand() {
    return new Demand(options.batchSize(), options.batchSize());
  }

  @Override
  public synchronized void start(Runnable wake) {
    Doorbell.of(host).listen(queue.url(), wake);
    messages =
        new BlobMessages(
            queue, this::read, options.poisonBlobThreshold(), new Workers("roost-blob"), host);
  }

  /** Event Grid writes one event per message, in Base64. */
  private Meaning read(String wire) {
    List<BlobEvent> events;
    try {
      events = parse(wire);
    } catch (JsonProcessingException _) {
      return new Meaning.Nothing("is not the JSON of an event", false);
    }
    return events.stream()
        .filter(event -> function.wants(event.path()))
        .findFirst()
        .<Meaning>map(event -> new Meaning.Start(function, event.messageFor(function)))
        .orElseGet(() -> new Meaning.Nothing("tells of no blob for " + function.name(), true));
  }

  /** What a body tells; nothing when it is no event. */
  static List<BlobEvent> events(String wire) {
    try {
      return parse(wire);
    } catch (JsonProcessingException _) {
      return List.of();
    }
  }

  private static List<BlobEvent> parse(String wire) throws JsonProcessingException {
    return MessageEncoding.AUTO.decode(wire) instanceof Payload.Text(String text)
        ? BlobEvent.written(PlainJson.MAPPER.readTree(text))
        : List.of();
  }

  @Override
  public List<Delivery> poll(int permits) throws IOException, InterruptedException {
    return current().poll(Math.min(permits, options.batchSize()));
  }

  private synchronized BlobMessages current() {
    if (messages == null) {
      throw new IllegalStateException("poll before start");
    }
    return messages;
  }

  @Override
  public Delivery manual(String name, Payload input) throws IOException {
    return ManualBlob.of(function, input);
  }

  @Override
  public Duration maxIdle() {
    return options.maxPollingInterval();
  }

  @Override
  public synchronized void stop() {
    if (messages != null) {
      messages.close();
      messages = null;
    }
  }
}
