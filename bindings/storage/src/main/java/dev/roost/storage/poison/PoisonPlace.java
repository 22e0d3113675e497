package dev.roost.storage.poison;

import dev.roost.spi.BindingContext;
import dev.roost.spi.BindingDefinition;
import dev.roost.spi.BindingException;
import dev.roost.spi.FunctionDefinition;
import dev.roost.spi.HostServices;
import dev.roost.storage.account.StorageAccount;
import dev.roost.storage.account.StorageAccounts;
import dev.roost.storage.blob.BlobMessage;
import dev.roost.storage.queue.Doorbell;
import dev.roost.storage.queue.OptionReader;
import dev.roost.storage.queue.QueueNames;
import dev.roost.storage.queue.QueueWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A poison queue, and where its messages came from.
 *
 * @param account where it is
 * @param queue its name
 * @param origin where its messages go back to
 * @param function the only function whose messages can be there; empty when there are several, or
 *     none is known
 * @param asked true when the user named that function, so that the messages of others are left out
 */
record PoisonPlace(
    StorageAccount account, String queue, Origin origin, Optional<String> function, boolean asked) {
  private static final String POISON = "-poison";

  /** A queue that a function of the app listens to. */
  private record Listening(String function, String queue, String connection) {}

  /**
   * Finds the place that a user means.
   *
   * @param name a function, or a queue with or without {@code -poison}; a function comes first
   * @param connection where the queue is; empty for that of the function, else the host's own
   * @throws BindingException when there is no such place, or more than one
   */
  static PoisonPlace find(
      HostServices host,
      List<FunctionDefinition> functions,
      String name,
      Optional<String> connection)
      throws BindingException {
    Optional<FunctionDefinition> function =
        functions.stream().filter(each -> each.name().equalsIgnoreCase(name)).findFirst();
    if (function.isPresent()) {
      return ofFunction(host, functions, function.get());
    }
    if (name.equalsIgnoreCase(BlobMessage.POISON)
        || (name + POISON).equalsIgnoreCase(BlobMessage.POISON)) {
      return ofBlobs(host, functions, connection.orElse(StorageAccounts.DEFAULT), null);
    }
    String lower = QueueNames.checked("queue", name);
    String source =
        lower.endsWith(POISON) ? lower.substring(0, lower.length() - POISON.length()) : lower;
    List<Listening> listening =
        functions.stream()
            .flatMap(each -> listening(host, each).stream())
            .filter(each -> each.queue().equals(source))
            .toList();
    Set<String> connections =
        listening.stream().map(Listening::connection).collect(Collectors.toSet());
    if (connection.isEmpty() && connections.size() > 1) {
      throw new BindingException(
          "--connection",
          "queue '" + source + "' is listened to in " + String.join(" and ", connections),
          "Say which one is meant with --connection.");
    }
    String where =
        connection.or(() -> connections.stream().findFirst()).orElse(StorageAccounts.DEFAULT);
    Optional<String> sole =
        listening.size() == 1 ? Optional.of(listening.getFirst().function()) : Optional.empty();
    return ofQueue(host, source, where, sole, false);
  }

  private static PoisonPlace ofFunction(
      HostServices host, List<FunctionDefinition> functions, FunctionDefinition function)
      throws BindingException {
    Optional<Listening> listening = listening(host, function);
    if (listening.isPresent()) {
      return ofQueue(
          host,
          listening.get().queue(),
          listening.get().connection(),
          Optional.of(function.name()),
          true);
    }
    if (!function.trigger().type().equalsIgnoreCase("blobTrigger")) {
      throw new BindingException(
          "queue",
          "function '" + function.name() + "' has a " + function.trigger().type(),
          "Only functions with a queueTrigger or a blobTrigger have poison here.");
    }
    String connection =
        new BindingContext(function, function.trigger(), host)
            .optional("connection", StorageAccounts.DEFAULT);
    return ofBlobs(host, functions, connection, function.name());
  }

  private static PoisonPlace ofQueue(
      HostServices host, String source, String connection, Optional<String> function, boolean asked)
      throws BindingException {
    StorageAccount account = StorageAccounts.of(host).named(connection);
    String poison = QueueNames.checked("queue", source + POISON);
    QueueWriter writer = new QueueWriter(account, Doorbell.of(host));
    return new PoisonPlace(account, poison, new Origin.Queue(source, writer), function, asked);
  }

  /**
   * Poison blobs lie in the account of the blobs; the queue that they come from is in the host's
   * own.
   */
  private static PoisonPlace ofBlobs(
      HostServices host,
      List<FunctionDefinition> functions,
      String connection,
      @org.jspecify.annotations.Nullable String function)
      throws BindingException {
    StorageAccounts accounts = StorageAccounts.of(host);
    Set<String> known =
        functions.stream()
            .filter(each -> each.trigger().type().equalsIgnoreCase("blobTrigger"))
            .map(each -> each.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());
    QueueWriter writer =
        new QueueWriter(accounts.named(StorageAccounts.DEFAULT), Doorbell.of(host));
    return new PoisonPlace(
        withQueues(accounts, connection),
        BlobMessage.POISON,
        new Origin.Blobs(BlobMessage.queue(host.hostId()), known, writer),
        Optional.ofNullable(function),
        function != null);
  }

  /** An account that has no queues leaves its poison to the host's own. */
  private static StorageAccount withQueues(StorageAccounts accounts, String connection)
      throws BindingException {
    StorageAccount account = accounts.named(connection);
    try {
      account.queues();
      return account;
    } catch (BindingException _) {
      return accounts.named(StorageAccounts.DEFAULT);
    }
  }

  /** The queue of a function; none when it has another trigger, or one that can't work. */
  private static Optional<Listening> listening(HostServices host, FunctionDefinition function) {
    BindingDefinition trigger = function.trigger();
    BindingContext context = new BindingContext(function, trigger, host);
    try {
      if (trigger.type().equalsIgnoreCase("queueTrigger")) {
        return Optional.of(
            new Listening(
                function.name(),
                QueueNames.checked("queueName", context.required("queueName")),
                context.optional("connection", StorageAccounts.DEFAULT)));
      }
      OptionReader own = OptionReader.function(host, function.name());
      if (trigger.type().equalsIgnoreCase("blobTrigger") && own.has("eventQueue")) {
        String queue = host.settings().fill("eventQueue", own.text("eventQueue", ""));
        return Optional.of(
            new Listening(
                function.name(),
                QueueNames.checked("eventQueue", queue),
                own.text(
                    "eventQueueConnection",
                    context.optional("connection", StorageAccounts.DEFAULT))));
      }
      return Optional.empty();
    } catch (BindingException _) { // told by roost validate
      return Optional.empty();
    }
  }
}
