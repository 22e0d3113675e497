package dev.roost.storage.poison;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.rest.Response;
import com.azure.core.util.Context;
import com.azure.storage.queue.QueueClient;
import com.azure.storage.queue.models.PeekedMessageItem;
import com.azure.storage.queue.models.QueueProperties;
import dev.roost.spi.BindingException;
import dev.roost.spi.HostServices;
import dev.roost.spi.StateStore;
import dev.roost.storage.account.StorageFault;
import dev.roost.storage.blob.BlobMessage;
import dev.roost.storage.queue.LeasedMessage;
import dev.roost.storage.queue.LeasedQueue;
import dev.roost.storage.queue.PoisonRecords;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What can be done at one poison queue: look, put back, drop. For one command, on one thread. */
final class PoisonDesk implements AutoCloseable {
  /** How long looking may hide a message from others at most. */
  static final Duration LEASE = Duration.ofSeconds(30);

  private final HostServices host;
  private final PoisonPlace place;
  private final LeasedQueue queue;
  private final QueueClient client;
  private final Workers workers = new Workers();

  PoisonDesk(HostServices host, PoisonPlace place) throws BindingException {
    this.host = host;
    this.place = place;
    this.queue = new LeasedQueue(place.account(), place.queue(), LEASE);
    this.client = place.account().queues().getQueueClient(place.queue());
  }

  /**
   * What a look found.
   *
   * @param messages that passed the filter
   * @param total all messages of the queue, as the service counts them, invisible ones too
   * @param complete false when the limit ended the look
   */
  record Look(List<PoisonMessage> messages, long total, boolean complete) {}

  /** The queue as it is now; {@code begin} by the account's clock. */
  private record Now(long total, Instant begin) {}

  /**
   * Looks at the messages. Up to 32 are peeked at; more are taken for as long as it lasts, and
   * given back.
   *
   * @param limit the most that are told
   */
  Look look(PoisonFilter filter, int limit) throws IOException, InterruptedException {
    Optional<Now> now = now();
    if (now.isEmpty()) {
      return new Look(List.of(), 0, true);
    }
    long total = now.get().total();
    if (total <= PoisonWalk.PAGE) {
      List<PoisonMessage> passing = workers.each(peek(), this::read);
      passing = passing.stream().filter(message -> passes(filter, message)).toList();
      int most = Math.min(limit, passing.size());
      return new Look(passing.subList(0, most), total, most == passing.size());
    }
    List<PoisonMessage> passing = new ArrayList<>();
    try (PoisonWalk walk = walk(now.get())) {
      List<LeasedMessage> page = walk.next();
      while (!page.isEmpty()) {
        for (PoisonMessage message : workers.each(page, this::read)) {
          if (passes(filter, message)) {
            if (passing.size() == limit) {
              return new Look(passing, total, false);
            }
            passing.add(message);
          }
        }
        page = walk.next();
      }
    }
    return new Look(passing, total, true);
  }

  /** What becomes of the messages that pass. */
  interface Fate {
    /** Does it; empty when the message was settled, or why it was left alone. */
    Optional<String> settle(LeasedMessage held, PoisonMessage message)
        throws IOException, InterruptedException;
  }

  /**
   * Takes every message that passes and settles it; the others are given back.
   *
   * @param limit the most that are settled
   * @param dryRun true when the fate leaves every message where it is
   * @throws IOException when a call fails; what was not settled is given back
   */
  void settle(PoisonFilter filter, int limit, boolean dryRun, Fate fate, Tally tally)
      throws IOException, InterruptedException {
    Optional<Now> now = now();
    if (now.isEmpty()) {
      return;
    }
    try (PoisonWalk walk = walk(now.get())) {
      List<LeasedMessage> page = walk.next();
      while (!page.isEmpty()) {
        List<PoisonMessage> messages = workers.each(page, this::read);
        for (int i = 0; i < page.size(); i++) {
          if (passes(filter, messages.get(i))) {
            if (tally.settled() == limit) {
              return;
            }
            Optional<String> refusal = fate.settle(page.get(i), messages.get(i));
            tally.count(messages.get(i), refusal);
            if (refusal.isEmpty() && !dryRun) {
              walk.forget(page.get(i));
            }
          }
        }
        page = walk.next();
      }
    }
  }

  /** The messages go back to where they came from. */
  Redrive redrive(double perSecond) {
    return new Redrive(place.origin(), new Pace(host, perSecond), this::forget);
  }

  /** The messages are deleted. */
  Drop drop(double perSecond) {
    return new Drop(new Pace(host, perSecond), this::forget);
  }

  /** Forgets why a message was poison; after the message is gone. */
  private void forget(PoisonMessage message) throws IOException {
    if (message.record().isPresent()) {
      host.stateStore().delete(PoisonRecords.path(place.queue(), message.id()));
    }
  }

  private PoisonWalk walk(Now now) {
    return new PoisonWalk(queue, now.begin(), workers);
  }

  /** When one function was named, the messages of others are none of our business. */
  private boolean passes(PoisonFilter filter, PoisonMessage message) {
    boolean other = place.asked() && message.function().filter(this::isNamed).isEmpty();
    return !other && filter.passes(message);
  }

  private boolean isNamed(String function) {
    return place.function().filter(function::equalsIgnoreCase).isPresent();
  }

  private Optional<Now> now() throws IOException {
    try {
      Response<QueueProperties> answer =
          StorageFault.call(
              "look at queue '" + place.queue() + "'",
              () -> client.getPropertiesWithResponse(null, Context.NONE));
      String date = answer.getHeaders().getValue(HttpHeaderName.DATE);
      Instant begin =
          date == null
              ? host.clock().now()
              : Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date));
      return Optional.of(new Now(answer.getValue().getApproximateMessagesCountLong(), begin));
    } catch (StorageFault fault) {
      if (fault.code().equals("QueueNotFound")) {
        return Optional.empty();
      }
      throw fault;
    }
  }

  private List<PeekedMessageItem> peek() throws IOException {
    return StorageFault.call(
        "peek at queue '" + place.queue() + "'",
        () -> client.peekMessages(PoisonWalk.PAGE, null, Context.NONE).stream().toList());
  }

  private PoisonMessage read(PeekedMessageItem item) throws IOException {
    String wire = item.getBody() == null ? "" : item.getBody().toString();
    return read(item.getMessageId(), item.getInsertionTime(), wire);
  }

  private PoisonMessage read(LeasedMessage message) throws IOException {
    return read(message.id(), message.insertedOn(), message.wire());
  }

  private PoisonMessage read(String id, @Nullable OffsetDateTime on, String wire)
      throws IOException {
    Optional<PoisonRecord> record =
        host.stateStore()
            .read(PoisonRecords.path(place.queue(), id))
            .map(StateStore.Document::content)
            .flatMap(PoisonRecord::parse);
    Optional<String> function =
        BlobMessage.parse(wire)
            .filter(_ -> place.origin() instanceof Origin.Blobs)
            .map(BlobMessage::function)
            .or(() -> record.flatMap(PoisonRecord::function))
            .or(place::function);
    return new PoisonMessage(
        id, on == null ? Instant.EPOCH : on.toInstant(), wire, record, function);
  }

  @Override
  public void close() {
    workers.close();
  }
}
