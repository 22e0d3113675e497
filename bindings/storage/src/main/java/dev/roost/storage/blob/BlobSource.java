package dev.roost.storage.blob;

import dev.roost.spi.Backlog;
import dev.roost.spi.BindingContext;
import dev.roost.spi.BindingException;
import dev.roost.spi.Delivery;
import dev.roost.spi.Demand;
import dev.roost.spi.Health;
import dev.roost.spi.HostServices;
import dev.roost.spi.Payload;
import dev.roost.spi.Singletons;
import dev.roost.spi.Source;
import dev.roost.storage.account.Workers;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All blob functions of a host: the messages of the internal queue, and the scanner that fills it
 * when this host is the elected one.
 */
final class BlobSource implements Source.Pull {
  /** How often a message of a paused function is looked at. */
  private static final Duration WHILE_PAUSED = Duration.ofSeconds(30);

  private final HostServices host;
  private final BlobOptions options;
  private final InternalQueue queue;
  private final PoisonQueues poison;
  private final Map<String, BlobFunction> functions = new ConcurrentHashMap<>();
  private final Set<EventQueue> eventQueues = ConcurrentHashMap.newKeySet();
  private volatile Set<String> paused = Set.of();
  private @Nullable Started started;

  /** What lives from start to stop. */
  private record Started(
      BlobMessages messages, BlobScanner scanner, Singletons.Candidacy candidacy) {}

  /**
   * @throws BindingException when host.json or the host's own account can't be used
   */
  BlobSource(HostServices host) throws BindingException {
    this.host = host;
    this.options = BlobOptions.of(host);
    this.queue = new InternalQueue(host, options.receiveLease());
    this.poison = new PoisonQueues(host, queue.writer(), options.poisonBlobThreshold());
  }

  /**
   * Opens a function; before this source is started.
   *
   * @return this, or a source of its own when its events come through a queue of their own
   * @throws BindingException when its trigger can't work as it is written
   */
  Source.Pull open(BindingContext context) throws BindingException {
    BlobFunction function = BlobFunction.of(context, poison);
    Optional<EventQueue> events = EventQueue.of(context, function);
    if (events.isPresent()) {
      if (!eventQueues.add(events.get())) {
        throw new BindingException(
            "roost.functions." + function.name() + ".eventQueue in host.json",
            "another function takes its events from queue '" + events.get().name() + "' too",
            "Give each function a subscription and a queue of its own.");
      }
      return new EventQueueSource(
          host,
          events.get().leased(options.receiveLease()),
          events.get().settling(function, poison),
          options);
    }
    functions.put(function.id(), function);
    return this;
  }

  /** The function of this id. */
  @Nullable BlobFunction function(String id) {
    return functions.get(id);
  }

  InternalQueue queue() {
    return queue;
  }

  @Override
  public synchronized Health health() {
    if (started == null) {
      return Health.UP;
    }
    // To stand by is the normal state of a scanner; its host consumes all the same.
    return Stream.of(
            started.candidacy().health(), started.scanner().health(), started.messages().health())
        .filter(health -> health.state() == Health.State.DEGRADED)
        .findFirst()
        .orElse(Health.UP);
  }

  /** The internal queue, who scans, and what the last sweeps of this host did. */
  @Override
  public synchronized Map<String, String> details() {
    Map<String, String> details = new LinkedHashMap<>();
    details.put("queue", queue.leased().name());
    if (started != null) {
      Health candidacy = started.candidacy().health();
      details.put(
          "scanner", started.candidacy().tenure().isPresent() ? "here" : candidacy.reason());
      details.putAll(started.scanner().details());
    }
    return details;
  }

  @Override
  public List<Backlog> backlog() throws IOException {
    return queue.backlog();
  }

  @Override
  public OptionalLong unsettled() throws IOException {
    return queue.unsettled();
  }

  @Override
  public Optional<String> needsOneHost() {
    return functions.values().stream().allMatch(BlobFunction::isByEvent)
        ? Optional.empty()
        : Optional.of("its container is scanned for blobs, which only a running host does");
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
    queue.onAdd(wake);
    Workers workers = new Workers("roost-blob");
    List<BlobFunction> scanned =
        functions.values().stream().filter(function -> !function.isByEvent()).toList();
    BlobScanner scanner = new BlobScanner(host, queue, workers, scanned);
    started =
        new Started(
            new BlobMessages(
                queue.leased(), this::read, options.poisonBlobThreshold(), workers, host),
            scanner,
            scanned.isEmpty()
                ? new NoCandidacy()
                : host.singletons().compete(BlobScanner.LOCK, scanner));
  }

  @Override
  public void pause(Set<String> names) {
    paused = Set.copyOf(names);
  }

  @Override
  public List<Delivery> poll(int permits) throws IOException, InterruptedException {
    Started current = current();
    return current.messages().poll(Math.min(permits, options.batchSize()));
  }

  private Meaning read(String wire) {
    Optional<BlobMessage> message = BlobMessage.parse(wire);
    if (message.isEmpty()) {
      return new Meaning.Nothing("is not about a blob", false);
    }
    BlobFunction function = functions.get(message.get().functionId());
    if (function != null && paused.contains(function.name())) {
      return new Meaning.Later(() -> queue.later(message.get(), WHILE_PAUSED));
    }
    return function == null
        ? new Meaning.Elsewhere(message.get())
        : new Meaning.Start(function, message.get());
  }

  private synchronized Started current() {
    if (started == null) {
      throw new IllegalStateException("poll before start");
    }
    return started;
  }

  @Override
  public Delivery manual(String name, Payload input) throws IOException {
    BlobFunction wanted =
        functions.values().stream()
            .filter(function -> function.name().equalsIgnoreCase(name))
            .findFirst()
            .orElseThrow(() -> new IOException("there is no blob function '" + name + "'"));
    return ManualBlob.of(wanted, input);
  }

  @Override
  public Duration maxIdle() {
    return options.maxPollingInterval();
  }

  @Override
  public synchronized void stop() {
    if (started != null) {
      started.candidacy().close();
      started.messages().close();
      started = null;
    }
  }

  /** Nobody has to scan. */
  private static final class NoCandidacy implements Singletons.Candidacy {
    @Override
    public Health health() {
      return Health.UP;
    }

    @Override
    public Optional<Singletons.Tenure> tenure() {
      return Optional.empty();
    }

    @Override
    public void close() {}
  }
}
