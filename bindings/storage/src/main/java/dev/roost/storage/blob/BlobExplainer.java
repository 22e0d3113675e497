package dev.roost.storage.blob;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.rest.Response;
import com.azure.core.util.Context;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.models.BlobProperties;
import com.azure.storage.blob.models.LeaseStatusType;
import dev.roost.spi.BindingContext;
import dev.roost.spi.BindingException;
import dev.roost.spi.FunctionDefinition;
import dev.roost.spi.HostServices;
import dev.roost.storage.account.StorageAccount;
import dev.roost.storage.account.StorageAccounts;
import dev.roost.storage.account.StorageFault;
import dev.roost.storage.blob.Explanation.Finding;
import dev.roost.storage.blob.Explanation.Verdict;
import dev.roost.storage.queue.PoisonRecords;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds out why a function ran for a blob, or did not: the questions of the scanner and of the
 * internal queue, asked again in their order and answered from what they left in storage. Changes
 * nothing. For one question.
 */
final class BlobExplainer {
  private final HostServices host;
  private final BlobFunction function;
  private final BlobPath path;
  private final Optional<EventQueue> events;
  private final StorageAccount account;
  private final List<Finding> findings = new ArrayList<>();

  private BlobExplainer(HostServices host, BindingContext context, BlobPath path)
      throws BindingException {
    this.host = host;
    InternalQueue internal = new InternalQueue(host, BlobOptions.of(host).receiveLease());
    this.function = BlobFunction.of(context, new PoisonQueues(host, internal.writer(), 1));
    this.path = path;
    this.events = EventQueue.of(context, function);
    this.account = StorageAccounts.of(host).of(context);
  }

  /**
   * Explains.
   *
   * @param functions those of the app
   * @param name of the function
   * @throws BindingException when {@code path} names no blob
   */
  static Explanation explain(
      HostServices host, List<FunctionDefinition> functions, String name, String path)
      throws IOException, BindingException {
    BlobPath blob = BlobPath.parse(path);
    Optional<FunctionDefinition> found =
        functions.stream().filter(each -> each.name().equalsIgnoreCase(name)).findFirst();
    if (found.isEmpty()) {
      String known = String.join(", ", functions.stream().map(FunctionDefinition::name).toList());
      return answer(
          Verdict.UNKNOWN_FUNCTION,
          "The app has no function '" + name + "'; it has " + (known.isEmpty() ? "none" : known));
    }
    FunctionDefinition function = found.get();
    String type = function.trigger().type();
    if (!type.equalsIgnoreCase("blobTrigger")) {
      return answer(
          Verdict.NOT_A_BLOB_TRIGGER,
          "'" + function.name() + "' has a " + type + ", no blobTrigger");
    }
    for (String key : List.of("AzureWebJobs.%s.Disabled", "AzureWebJobs_%s_Disabled")) {
      String setting = key.formatted(function.name());
      String value = host.settings().get(setting).orElse("").strip();
      if (value.equals("1") || value.equalsIgnoreCase("true")) {
        return answer(
            Verdict.DISABLED,
            "'" + function.name() + "' is disabled by " + host.settings().origin(setting));
      }
    }
    BlobExplainer explainer;
    try {
      explainer =
          new BlobExplainer(host, new BindingContext(function, function.trigger(), host), blob);
    } catch (BindingException e) {
      return answer(
          Verdict.BROKEN,
          "'%s' can't run: %s".formatted(function.name(), e.problem(function.name()).line()));
    }
    return explainer.explain();
  }

  private static Explanation answer(Verdict verdict, String why) {
    return new Explanation(verdict, why, List.of());
  }

  private Explanation explain() throws IOException, BindingException {
    Optional<Explanation> other = pattern();
    if (other.isPresent()) {
      return other.get();
    }
    BlobClient client =
        function.blobs().getBlobContainerClient(path.container()).getBlobClient(path.name());
    Response<BlobProperties> blob;
    try {
      blob =
          StorageFault.call(
              "read properties of blob '" + path + "'",
              () -> client.getPropertiesWithResponse(null, null, Context.NONE));
    } catch (StorageFault fault) {
      if (fault.status() != 404) {
        throw fault;
      }
      return absent();
    }
    String etag = FoundBlob.quoted(blob.getValue().getETag());
    Instant written = blob.getValue().getLastModified().toInstant();
    find(
        "blob",
        "%s, version %s, written %s, %d bytes"
            .formatted(
                blob.getValue().getBlobType(), etag, written, blob.getValue().getBlobSize()));
    Optional<Explanation> queued = queues(etag);
    if (queued.isPresent()) {
      return queued.get();
    }
    return function.isByEvent() ? byEvent() : scanned(blob, etag, written);
  }

  private Optional<Explanation> pattern() {
    String pattern = function.pattern().toString();
    if (!function.pattern().container().equals(path.container())) {
      return Optional.of(
          told(
              Verdict.OTHER_CONTAINER,
              "'%s' watches container '%s', not '%s'"
                  .formatted(function.name(), function.pattern().container(), path.container())));
    }
    Optional<String> mismatch = function.pattern().mismatch(path.name());
    if (mismatch.isPresent()) {
      return Optional.of(
          told(
              Verdict.OTHER_NAME,
              "The name '%s' does not match '%s': %s"
                  .formatted(path.name(), pattern, mismatch.get())));
    }
    Map<String, String> captures = function.pattern().match(path.name()).orElse(Map.of());
    find("pattern", pattern + " matches" + (captures.isEmpty() ? "" : " with " + captures));
    return Optional.empty();
  }

  private Explanation absent() throws IOException {
    Map<String, Instant> versions = receipts().versions(path);
    versions.forEach((etag, on) -> find("receipt", "of version " + etag + ", written " + on));
    return told(
        Verdict.NO_BLOB,
        versions.isEmpty()
            ? "There is no blob '" + path + "'"
            : "There is no blob '" + path + "' any more; versions of it were taken in before");
  }

  /** The queues that the blob's message goes through: in one of them it waits, or ended. */
  private Optional<Explanation> queues(String etag) throws IOException, BindingException {
    StorageAccount own = StorageAccounts.of(host).named(StorageAccounts.DEFAULT);
    QueueTrail.Look waiting =
        events.isPresent()
            ? new QueueTrail(events.get().account(), events.get().name())
                .look(wire -> EventQueueSource.events(wire).stream().anyMatch(this::isAbout))
            : new QueueTrail(own, BlobMessage.queue(host.hostId()))
                .look(wire -> isAbout(wire, etag));
    find("queue " + waiting.name(), waiting.text());
    QueueTrail.Look poison =
        events.isPresent()
            ? new QueueTrail(events.get().account(), events.get().name() + "-poison")
                .look(wire -> EventQueueSource.events(wire).stream().anyMatch(this::isAbout))
            : new QueueTrail(withQueues(own), BlobMessage.POISON).look(wire -> isAbout(wire, etag));
    find("queue " + poison.name(), poison.text());
    if (poison.message().isPresent()) {
      String reason = record(poison.name(), poison.message().get().id());
      return Optional.of(
          told(
              Verdict.POISON,
              "It failed for good and is poison%s; see roost poison show %s %s"
                  .formatted(reason, poison.name(), poison.message().get().id())));
    }
    if (waiting.message().isPresent()) {
      return Optional.of(
          told(
              Verdict.QUEUED,
              "It waits in queue '%s' for a host with a free place".formatted(waiting.name())));
    }
    return Optional.empty();
  }

  private StorageAccount withQueues(StorageAccount own) {
    try {
      account.queues();
      return account;
    } catch (BindingException _) { // its poison lies in the host's own
      return own;
    }
  }

  private boolean isAbout(BlobEvent event) {
    return event.path().equals(path);
  }

  /** An event has the version of its own time; the function runs with the current one. */
  private boolean isAbout(String wire, String etag) {
    return BlobMessage.parse(wire)
        .filter(message -> message.functionId().equals(function.id()))
        .filter(message -> message.path().equals(path))
        .filter(message -> function.isByEvent() || FoundBlob.quoted(message.etag()).equals(etag))
        .isPresent();
  }

  private String record(String queue, String id) throws IOException {
    return host.stateStore()
        .read(PoisonRecords.path(queue, id))
        .map(document -> " (" + PoisonRecords.reason(document.content()) + ")")
        .orElse("");
  }

  private Explanation byEvent() {
    return told(
        Verdict.BY_EVENT,
        "Event Grid tells '%s' of its blobs and nobody sweeps for them: no message about this blob"
                .formatted(function.name())
            + " waits, so it ran, or runs now, or no event arrived (see the subscription's"
            + " deliveries)");
  }

  private Explanation scanned(Response<BlobProperties> blob, String etag, Instant written)
      throws IOException {
    Optional<Receipts.Receipt> receipt = receipts().of(path, etag);
    if (receipt.isPresent()) {
      return taken(receipt.get());
    }
    find("receipt", "none of this version");
    receipts()
        .versions(path)
        .forEach(
            (version, on) -> find("receipt", "of older version " + version + ", written " + on));
    if (blob.getValue().getLeaseStatus() == LeaseStatusType.LOCKED) {
      return told(
          Verdict.BEING_WRITTEN,
          "Somebody holds a lease on the blob: it waits until that one ends");
    }
    if (isAppended(blob, written)) {
      return told(
          Verdict.BEING_WRITTEN,
          "It is an append blob that was written less than %d s ago: it waits until it is left"
                  .formatted(ContainerScan.QUIET.toSeconds())
              + " alone");
    }
    Position position =
        new ScanInfo(host, function.blobs().getAccountName(), path.container()).load();
    return new SweepAnswer(function, position, written).explain(this::find, this::told);
  }

  private Explanation taken(Receipts.Receipt receipt) throws IOException {
    find("receipt", "of this version, written %s %s".formatted(receipt.writtenOn(), receipt.by()));
    if (!receipt.complete()) {
      return told(
          Verdict.HALF_TAKEN,
          "A sweep found it at %s and did not finish: the next sweep does"
              .formatted(receipt.writtenOn()));
    }
    Optional<String> failures =
        receipt.messageId().isEmpty()
            ? Optional.empty()
            : host.stateStore()
                .read(PoisonRecords.attemptsPath(receipt.messageId()))
                .map(document -> PoisonRecords.attempts(document.content()));
    if (failures.isPresent()) {
      find("attempts", failures.get());
      return told(Verdict.FAILING, "It failed so far, and is tried again: " + failures.get());
    }
    return told(
        Verdict.TAKEN,
        "It was taken in at %s %s and its message is not waiting: it ran, or runs now"
            .formatted(receipt.writtenOn(), receipt.by()));
  }

  private static boolean isAppended(Response<BlobProperties> blob, Instant written) {
    String date = blob.getHeaders().getValue(HttpHeaderName.DATE);
    return FoundBlob.APPEND.equals(String.valueOf(blob.getValue().getBlobType()))
        && !Boolean.TRUE.equals(blob.getValue().isSealed())
        && date != null
        && written
            .plus(ContainerScan.QUIET)
            .isAfter(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date)));
  }

  private Receipts receipts() {
    return new Receipts(
        function.blobs().getBlobContainerClient("azure-webjobs-hosts"),
        host.hostId(),
        function.id());
  }

  private void find(String about, String found) {
    findings.add(new Finding(about, found));
  }

  private Explanation told(Verdict verdict, String why) {
    return new Explanation(verdict, why, findings);
  }
}
