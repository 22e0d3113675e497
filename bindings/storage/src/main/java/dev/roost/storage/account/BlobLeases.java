package dev.roost.storage.account;

import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.models.BlobRequestConditions;
import com.azure.storage.blob.models.LeaseStateType;
import com.azure.storage.blob.options.BlockBlobSimpleUploadOptions;
import com.azure.storage.blob.specialized.BlobLeaseClient;
import com.azure.storage.blob.specialized.BlobLeaseClientBuilder;
import dev.roost.spi.LeaseProvider;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Leases on empty blobs of the host's own account, taken as the official host takes them: the
 * properties are read first, so that a held lock does not fill the account's log with conflicts.
 * Source: BlobLeaseDistributedLockManager of the WebJobs SDK.
 */
final class BlobLeases implements LeaseProvider {
  private final HostBlobs blobs;

  BlobLeases(HostBlobs blobs) {
    this.blobs = blobs;
  }

  @Override
  public Optional<Lease> acquire(String path, Duration period) throws IOException {
    BlobClient blob = blobs.blob(path);
    Optional<LeaseStateType> state = state(path, blob);
    if (state.isEmpty()) {
      createEmpty(path, blob);
    } else if (state.get() == LeaseStateType.LEASED || state.get() == LeaseStateType.BREAKING) {
      return Optional.empty();
    }
    BlobLeaseClient client = BlobLease.client(blob, null);
    int seconds = Math.toIntExact(period.toSeconds());
    try {
      String id =
          StorageFault.call("acquire lease '" + path + "'", () -> client.acquireLease(seconds));
      return Optional.of(new BlobLease(path, id, client));
    } catch (StorageFault fault) {
      if (fault.status() == 409) {
        return Optional.empty();
      }
      throw fault;
    }
  }

  @Override
  public boolean release(String path, String id) throws IOException {
    return released(path, BlobLease.client(blobs.blob(path), id));
  }

  /** The state of the blob's lease; empty when there is no blob. */
  private static Optional<LeaseStateType> state(String path, BlobClient blob) throws IOException {
    try {
      LeaseStateType state =
          StorageFault.call(
              "look at lease '" + path + "'", () -> blob.getProperties().getLeaseState());
      return Optional.of(state == null ? LeaseStateType.AVAILABLE : state);
    } catch (StorageFault fault) {
      if (fault.status() == 404) {
        return Optional.empty();
      }
      throw fault;
    }
  }

  private void createEmpty(String path, BlobClient blob) throws IOException {
    try {
      createEmptyNow(path, blob);
    } catch (StorageFault fault) {
      if (fault.status() != 404) {
        throw fault;
      }
      blobs.createContainer(path);
      createEmptyNow(path, blob);
    }
  }

  private static void createEmptyNow(String path, BlobClient blob) throws IOException {
    var options =
        new BlockBlobSimpleUploadOptions(BinaryData.fromBytes(new byte[0]))
            .setRequestConditions(new BlobRequestConditions().setIfNoneMatch("*"));
    try {
      StorageFault.call(
          "create lock '" + path + "'",
          () -> blob.getBlockBlobClient().uploadWithResponse(options, null, Context.NONE));
    } catch (StorageFault fault) {
      boolean somebodyWasFaster = fault.status() == 409 || fault.status() == 412;
      if (!somebodyWasFaster) {
        throw fault;
      }
    }
  }

  private static boolean released(String path, BlobLeaseClient client) throws IOException {
    try {
      StorageFault.call("release lease '" + path + "'", client::releaseLease);
      return true;
    } catch (StorageFault fault) {
      if (fault.status() == 404 || fault.status() == 409) {
        return false;
      }
      throw fault;
    }
  }

  private record BlobLease(String path, String id, BlobLeaseClient client) implements Lease {
    /** Here and not above: to verify this call, the JVM loads classes of the SDK. */
    static BlobLeaseClient client(BlobClient blob, @Nullable String id) {
      return new BlobLeaseClientBuilder().blobClient(blob).leaseId(id).buildClient();
    }

    @Override
    public boolean renew() throws IOException {
      try {
        StorageFault.call("renew lease '" + path + "'", client::renewLease);
        return true;
      } catch (StorageFault fault) {
        if (fault.status() == 404 || fault.status() == 409 || fault.status() == 412) {
          return false;
        }
        throw fault;
      }
    }

    @Override
    public void release() throws IOException {
      released(path, client);
    }
  }
}
