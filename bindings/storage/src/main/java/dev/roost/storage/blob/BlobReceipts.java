package dev.roost.storage.blob;

import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.models.BlobLeaseRequestConditions;
import com.azure.storage.blob.models.BlobProperties;
import com.azure.storage.blob.models.BlobRequestConditions;
import com.azure.storage.blob.options.BlobAcquireLeaseOptions;
import com.azure.storage.blob.options.BlockBlobSimpleUploadOptions;
import com.azure.storage.blob.specialized.BlobLeaseClient;
import com.azure.storage.blob.specialized.BlobLeaseClientBuilder;
import dev.roost.spi.HostServices;
import dev.roost.storage.account.StorageFault;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * Takes blobs in under the official protocol: an empty blob per function and version says {@code
 * Incomplete} while, under a lease, the message is enqueued. A crash in between can only repeat the
 * message. Source: BlobReceiptManager and BlobTriggerExecutor of the WebJobs extensions. Safe for
 * use by many threads and hosts.
 */
final class BlobReceipts implements Intake {
  private static final Logger LOG = System.getLogger("Host.Triggers.Blob");
  private static final String INCOMPLETE = "Incomplete";

  /** Metadata of ours on a complete receipt: which host took the blob in. */
  static final String INSTANCE = "RoostInstance";

  /** Metadata of ours on a complete receipt: the id of the message in the internal queue. */
  static final String MESSAGE = "RoostMessage";

  private static final BinaryData NOTHING = BinaryData.fromBytes(new byte[0]);
  private static final int LEASE_SECONDS = 30;

  private final BlobContainerClient receipts;
  private final String hostId;
  private final String instanceId;
  private final String container;
  private final InternalQueue queue;
  private final FirstVersions firsts;
  private final LongAdder calls = new LongAdder();

  /**
   * @param receipts the container {@code azure-webjobs-hosts} of the blobs' own account
   * @param container the blobs' container
   */
  BlobReceipts(
      BlobContainerClient receipts, HostServices host, String container, InternalQueue queue) {
    this.receipts = receipts;
    this.hostId = host.hostId();
    this.instanceId = host.instanceId();
    this.container = container;
    this.queue = queue;
    this.firsts = new FirstVersions(receipts, hostId);
  }

  @Override
  public long calls() {
    return calls.sum();
  }

  @Override
  public Verdict take(FoundBlob blob, BlobFunction function, boolean maybeOld) throws IOException {
    String path = ReceiptPath.of(hostId, function.id(), blob.etag(), container, blob.name());
    BlobClient receipt = receipts.getBlobClient(path);
    try {
      if (maybeOld && isComplete(properties(receipt))) {
        return Verdict.KNOWN;
      }
      Optional<String> etag = create(receipt);
      if (etag.isEmpty()) {
        Optional<BlobProperties> properties = properties(receipt);
        if (isComplete(properties)) {
          return Verdict.KNOWN;
        }
        etag = properties.map(BlobProperties::getETag);
      }
      return etag.isEmpty() ? Verdict.LATER : enqueue(blob, function, receipt, etag.get());
    } catch (StorageFault fault) {
      if (isOfThisBlobOnly(fault)) {
        LOG.log(
            Level.WARNING,
            "Blob {0}/{1} can''t be taken in for function ''{2}'' yet: {3}",
            container,
            blob.name(),
            function.name(),
            fault.getMessage());
        return Verdict.LATER;
      }
      throw fault;
    }
  }

  /** Under the lease of a receipt that nobody touched since we looked at it. */
  private Verdict enqueue(FoundBlob blob, BlobFunction function, BlobClient receipt, String etag)
      throws IOException {
    Optional<String> lease = lease(receipt, etag);
    if (lease.isEmpty()) {
      return Verdict.LATER;
    }
    try {
      BlobPath path = new BlobPath(container, blob.name());
      calls.add(2);
      LOG.log(Level.DEBUG, "Blob {0} is being taken in for ''{1}''", path, function.name());
      boolean isUpdate = !firsts.isFirst(function.id(), path, blob.etag());
      String messageId =
          queue.add(new BlobMessage(function.id(), blob.kind(), path, blob.etag(), isUpdate));
      BlobRequestConditions ours = new BlobRequestConditions().setLeaseId(lease.get());
      call(
          "complete a blob receipt",
          () -> receipt.setMetadataWithResponse(note(messageId), ours, null, Context.NONE));
      LOG.log(Level.DEBUG, "Blob {0} is taken in for ''{1}''", path, function.name());
    } finally {
      release(receipt, lease.get());
    }
    return Verdict.QUEUED;
  }

  /** For {@link BlobExplainer}; other hosts ask for no metadata but {@code Incomplete}. */
  private Map<String, String> note(String messageId) {
    return Map.of(INSTANCE, instanceId.replaceAll("[^!-~]", "_"), MESSAGE, messageId);
  }

  private Optional<BlobProperties> properties(BlobClient receipt) throws IOException {
    return unless(404, 404, () -> call("read a blob receipt", receipt::getProperties));
  }

  static boolean isComplete(Optional<BlobProperties> properties) {
    return properties
        .filter(
            found -> found.getMetadata().keySet().stream().noneMatch(INCOMPLETE::equalsIgnoreCase))
        .isPresent();
  }

  /** Creates it; empty when it is there already. */
  private Optional<String> create(BlobClient receipt) throws IOException {
    try {
      return createOnce(receipt);
    } catch (StorageFault fault) {
      if (fault.status() != 404) {
        throw fault;
      }
      call(
          "create container '" + receipts.getBlobContainerName() + "'",
          receipts::createIfNotExists);
      return createOnce(receipt);
    }
  }

  private Optional<String> createOnce(BlobClient receipt) throws IOException {
    BlockBlobSimpleUploadOptions options =
        new BlockBlobSimpleUploadOptions(NOTHING)
            .setMetadata(Map.of(INCOMPLETE, INCOMPLETE))
            .setRequestConditions(new BlobRequestConditions().setIfNoneMatch("*"));
    return unless(
        409,
        412,
        () ->
            call(
                "create a blob receipt",
                () ->
                    receipt
                        .getBlockBlobClient()
                        .uploadWithResponse(options, null, Context.NONE)
                        .getValue()
                        .getETag()));
  }

  /** Empty when somebody else holds it or has changed the receipt. */
  private Optional<String> lease(BlobClient receipt, String etag) throws IOException {
    BlobAcquireLeaseOptions options =
        new BlobAcquireLeaseOptions(LEASE_SECONDS)
            .setRequestConditions(new BlobLeaseRequestConditions().setIfMatch(etag));
    return unless(
        409,
        412,
        () ->
            call(
                "lease a blob receipt",
                () ->
                    leases(receipt)
                        .acquireLeaseWithResponse(options, null, Context.NONE)
                        .getValue()));
  }

  /** A lease that is not given back ends by itself. */
  private void release(BlobClient receipt, String lease) {
    try {
      call(
          "release a blob receipt",
          () -> {
            new BlobLeaseClientBuilder()
                .blobClient(receipt)
                .leaseId(lease)
                .buildClient()
                .releaseLease();
            return lease;
          });
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "A receipt stays leased for {0} s: {1}", LEASE_SECONDS, e.getMessage());
    }
  }

  private static BlobLeaseClient leases(BlobClient receipt) {
    return new BlobLeaseClientBuilder().blobClient(receipt).buildClient();
  }

  private interface Step<T> {
    T run() throws IOException;
  }

  private static <T> Optional<T> unless(int status, int orStatus, Step<T> step) throws IOException {
    try {
      return Optional.of(step.run());
    } catch (StorageFault fault) {
      if (fault.status() == status || fault.status() == orStatus) {
        return Optional.empty();
      }
      throw fault;
    }
  }

  private <T> T call(String what, Supplier<T> call) throws IOException {
    calls.increment();
    return StorageFault.call(what, call);
  }

  /** The service is fine and lets us in, but refuses this request. */
  private static boolean isOfThisBlobOnly(StorageFault fault) {
    int status = fault.status();
    return status >= 400
        && status < 500
        && status != 401
        && status != 403
        && status != 408
        && status != 429
        && !fault.code().equals("ContainerBeingDeleted")
        && !fault.code().equals("QueueBeingDeleted");
  }
}
