package dev.roost.storage.blob;

import dev.roost.spi.BindingContext;
import dev.roost.spi.BindingException;
import dev.roost.storage.account.StorageAccount;
import dev.roost.storage.account.StorageAccounts;
import dev.roost.storage.queue.LeasedQueue;
import dev.roost.storage.queue.OptionReader;
import dev.roost.storage.queue.QueueNames;
import java.time.Duration;
import java.util.Optional;

/**
 * The storage queue to which Event Grid sends the events for one function: our own settings {@code
 * eventQueue} and {@code eventQueueConnection}, by default in the account of the blobs.
 */
record EventQueue(StorageAccount account, String name) {

  /**
   * The function's queue, if it has one.
   *
   * @throws BindingException when the settings can't work
   */
  static Optional<EventQueue> of(BindingContext context, BlobFunction function)
      throws BindingException {
    OptionReader own = OptionReader.function(context.host(), function.name());
    if (!own.has("eventQueue")) {
      return Optional.empty();
    }
    if (!function.isByEvent()) {
      throw new BindingException(
          "roost.functions." + function.name() + ".eventQueue in host.json",
          "its trigger scans for blobs",
          "Set source to EventGrid in the trigger, or leave eventQueue out.");
    }
    StorageAccounts accounts = StorageAccounts.of(context.host());
    StorageAccount account =
        own.has("eventQueueConnection")
            ? accounts.named(own.text("eventQueueConnection", ""))
            : accounts.of(context);
    String name = context.host().settings().fill("eventQueue", own.text("eventQueue", ""));
    return Optional.of(new EventQueue(account, QueueNames.checked("eventQueue", name)));
  }

  LeasedQueue leased(Duration lease) throws BindingException {
    return new LeasedQueue(account, name, lease);
  }

  /** The function, with this queue's poison queue. */
  BlobFunction settling(BlobFunction function, PoisonQueues queues) throws BindingException {
    String poison =
        QueueNames.poisonOf(name)
            .orElseThrow(() ->
                new BindingException(
                    "eventQueue",
                    "'" + name + "' is a poison queue, or too long to have one",
                    "Name a queue of at most 56 characters that Event Grid writes to."));
    return function.with(queues.settlement(function.name(), account, poison));
  }
}
