package dev.roost.storage.blob;

import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.models.BlobProperties;
import dev.roost.spi.Delivery;
import dev.roost.spi.Health;
import dev.roost.spi.HostClock;
import dev.roost.spi.HostServices;
import dev.roost.spi.RetryAfter;
import dev.roost.storage.account.StorageFault;
import dev.roost.storage.account.Workers;
import dev.roost.storage.queue.HeldMessages;
import dev.roost.storage.queue.LeasedMessage;
import dev.roost.storage.queue.LeasedQueue;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;

/**
 * Turns messages of the internal queue into deliveries. A blob that is gone or was replaced has no
 * run: its message is dropped. When a blob can't be looked at, its message is kept on its lease and
 * looked at again, so that an outage costs no attempt. Used by one thread.
 */
final class BlobMessages {
  private static final Logger LOG = System.getLogger("Host.Triggers.Blob");

  /** How long a message for a function that is not here waits for a host that has it. */
  private static final Duration FOR_ANOTHER_HOST = Duration.ofSeconds(30);

  /** How often a blob is asked for again while its account does not answer. */
  private static final Duration ASK_AGAIN = Duration.ofSeconds(5);

  /** An account that asks to be left alone for longer is asked all the same. */
  private static final Duration LONGEST_ASKED = Duration.ofMinutes(5);

  /**
   * When so many are kept no others are received: to give them back would cost each an attempt, and
   * a long outage would make them poison.
   */
  private static final int MOST_KEPT = 512;

  private final LeasedQueue queue;
  private final Meaning.Reader reader;
  private final int attempts;
  private final Workers workers;
  private final HostClock clock;
  private final HeldMessages kept;
  private long askAgainAt;
  private volatile Health health = Health.UP;

  /**
   * @param attempts after so many a message is given up
   * @param workers closed with this
   */
  BlobMessages(
      LeasedQueue queue, Meaning.Reader reader, int attempts, Workers workers, HostServices host) {
    this.queue = queue;
    this.reader = reader;
    this.attempts = attempts;
    this.workers = workers;
    this.clock = host.clock();
    this.kept = new HeldMessages(host.waiter(), queue.lease());
  }

  /** Degraded while a blob can't be looked at. */
  Health health() {
    return health;
  }

  List<Delivery> poll(int most) throws IOException, InterruptedException {
    List<LeasedMessage> messages = again(most);
    if (messages.isEmpty() && kept.size() < MOST_KEPT) {
      messages = queue.receive(Math.min(most, MOST_KEPT - kept.size()));
    }
    Map<LeasedMessage, Future<Optional<Delivery>>> asked = new LinkedHashMap<>();
    for (LeasedMessage message : messages) {
      asked.put(message, workers.submit(() -> inspect(message)));
    }
    List<Delivery> deliveries = new ArrayList<>();
    for (Map.Entry<LeasedMessage, Future<Optional<Delivery>>> entry : asked.entrySet()) {
      try {
        Workers.get(entry.getValue()).ifPresent(deliveries::add);
      } catch (IOException e) {
        keep(entry.getKey(), e);
      }
    }
    if (kept.size() == 0) {
      health = Health.UP;
    }
    return deliveries;
  }

  /** Other messages go on: their blobs may be in an account that answers. */
  private void keep(LeasedMessage message, IOException failure) {
    Duration pause = RetryAfter.atLeast(ASK_AGAIN, failure, LONGEST_ASKED);
    health = Health.degraded(String.valueOf(failure.getMessage()));
    kept.add(message);
    askAgainAt = clock.nanoTime() + pause.toNanos();
  }

  /** Those that were kept and are still ours, when it is time to look at them again. */
  private List<LeasedMessage> again(int most) throws IOException {
    List<LeasedMessage> ours = new ArrayList<>();
    if (clock.nanoTime() - askAgainAt < 0) {
      return ours;
    }
    try {
      for (int i = Math.min(most, kept.size()); i > 0; i--) {
        kept.take().ifPresent(ours::add);
      }
    } catch (IOException e) {
      if (ours.isEmpty()) {
        throw e;
      }
    }
    return ours;
  }

  /** On a worker: what becomes of a message; empty when it has no run. */
  private Optional<Delivery> inspect(LeasedMessage message) throws IOException {
    return switch (reader.read(message.wire())) {
      case Meaning.Start start -> start(message, start.message(), start.function());
      case Meaning.Elsewhere elsewhere -> {
        notHere(message, elsewhere.message());
        yield Optional.empty();
      }
      case Meaning.Later later -> {
        later.copy().send();
        message.delete();
        yield Optional.empty();
      }
      case Meaning.Nothing nothing -> {
        LOG.log(
            nothing.expected() ? Level.DEBUG : Level.WARNING,
            "Message {0} of queue ''{1}'' {2} and is dropped",
            message.id(),
            queue.name(),
            nothing.why());
        message.delete();
        yield Optional.empty();
      }
    };
  }

  private Optional<Delivery> start(LeasedMessage message, BlobMessage parsed, BlobFunction function)
      throws IOException {
    if (!function.settlement().isSpent(message)) {
      return deliver(message, parsed, function);
    }
    function
        .settlement()
        .bury(message, "it was received more than " + attempts + " times and never settled");
    return Optional.empty();
  }

  /** Another host may have the function, as in the middle of a deployment; then it is dropped. */
  private void notHere(LeasedMessage message, BlobMessage parsed) throws IOException {
    boolean last = message.dequeueCount() >= attempts;
    LOG.log(
        Level.WARNING,
        "Blob {0} is for {1}, which this host does not run; its message {2}",
        parsed.path(),
        parsed.functionId(),
        last ? "is dropped" : "is left to others for " + FOR_ANOTHER_HOST.toSeconds() + " s");
    if (last) {
      message.delete();
    } else {
      message.release(FOR_ANOTHER_HOST);
    }
  }

  private Optional<Delivery> deliver(
      LeasedMessage message, BlobMessage parsed, BlobFunction function) throws IOException {
    BlobPath path = parsed.path();
    BlobClient blob =
        function.blobs().getBlobContainerClient(path.container()).getBlobClient(path.name());
    Optional<BlobProperties> properties =
        properties(
            function.swept().getBlobContainerClient(path.container()).getBlobClient(path.name()),
            path);
    String dropped =
        properties.isEmpty()
            ? "is gone"
            : function.isByEvent() || isVersion(properties.get(), parsed.etag())
                ? ""
                : "has changed and is found again";
    if (!dropped.isEmpty()) {
      LOG.log(Level.DEBUG, "No run of ''{0}'': blob {1} {2}", function.name(), path, dropped);
      message.delete();
      return Optional.empty();
    }
    return Optional.of(
        new BlobDelivery(
            function, parsed, blob, properties.orElseThrow(), message, queue.renewEvery()));
  }

  private static Optional<BlobProperties> properties(BlobClient blob, BlobPath path)
      throws IOException {
    try {
      return Optional.of(
          StorageFault.call("read properties of blob '" + path + "'", blob::getProperties));
    } catch (StorageFault fault) {
      if (fault.status() == 404) {
        return Optional.empty();
      }
      throw fault;
    }
  }

  private static boolean isVersion(BlobProperties properties, String etag) {
    return FoundBlob.quoted(properties.getETag()).equals(FoundBlob.quoted(etag));
  }

  /** Gives back at once what was kept. */
  void close() {
    kept.close();
    workers.close();
  }
}
