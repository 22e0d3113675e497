package dev.roost.storage.blob;

import com.azure.storage.blob.BlobServiceClient;
import dev.roost.spi.BindingContext;
import dev.roost.spi.BindingException;
import dev.roost.storage.account.StorageAccount;
import dev.roost.storage.account.StorageAccounts;
import dev.roost.storage.queue.OptionReader;
import dev.roost.storage.queue.Settlement;
import java.time.Duration;
import java.util.Optional;

/**
 * A function that blobs start.
 *
 * @param name the function's name
 * @param id its name in receipts and messages
 * @param pattern which blobs
 * @param blobs the account they are in
 * @param swept the same account, for questions that a loop asks again when there is no answer
 * @param isByEvent true when Event Grid tells of its blobs and nobody scans for them
 * @param start from when on blobs count
 * @param scanInterval its own pause between sweeps
 * @param settlement what becomes of its messages
 */
record BlobFunction(
    String name,
    String id,
    BlobPattern pattern,
    BlobServiceClient blobs,
    BlobServiceClient swept,
    boolean isByEvent,
    StartFrom start,
    Optional<Duration> scanInterval,
    Settlement settlement) {

  private static final Duration SHORTEST_INTERVAL = Duration.ofMillis(100);

  /**
   * Reads a function's trigger.
   *
   * @throws BindingException when it can't work as it is written
   */
  static BlobFunction of(BindingContext context, PoisonQueues poison) throws BindingException {
    StorageAccount account = StorageAccounts.of(context.host()).of(context);
    String name = context.function().name();
    OptionReader own = OptionReader.function(context.host(), name);
    return new BlobFunction(
        name,
        context.function().fullName(),
        BlobPattern.parse(context.required("path")),
        account.blobs(),
        account.sweptBlobs(),
        isByEvent(context),
        StartFrom.parse(own.text("startFrom", "beginning")),
        own.has("scanInterval")
            ? Optional.of(own.span("scanInterval", SHORTEST_INTERVAL, SHORTEST_INTERVAL))
            : Optional.empty(),
        poison.settlement(name, account));
  }

  /** True when this blob is this function's. */
  boolean wants(BlobPath path) {
    return pattern.container().equals(path.container()) && pattern.match(path.name()).isPresent();
  }

  /** The same function with other rules for its messages. */
  BlobFunction with(Settlement other) {
    return new BlobFunction(name, id, pattern, blobs, swept, isByEvent, start, scanInterval, other);
  }

  private static boolean isByEvent(BindingContext context) throws BindingException {
    String source = context.optional("source", "LogsAndContainerScan");
    if (source.equalsIgnoreCase("EventGrid")) {
      return true;
    }
    if (source.equalsIgnoreCase("LogsAndContainerScan")) {
      return false;
    }
    throw new BindingException(
        "source", "'" + source + "' is no source of blobs", "Use EventGrid or leave it out.");
  }
}
