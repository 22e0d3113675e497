package dev.roost.storage.blob;

import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.BlobServiceClient;
import com.azure.storage.blob.models.BlobRequestConditions;
import com.azure.storage.blob.specialized.BlobInputStream;
import dev.roost.spi.BindingContext;
import dev.roost.spi.BindingException;
import dev.roost.spi.HostClock;
import dev.roost.spi.InputProvider;
import dev.roost.spi.ParameterProvider;
import dev.roost.spi.Payload;
import dev.roost.spi.expression.Template;
import dev.roost.storage.account.StorageAccounts;
import dev.roost.storage.account.StorageFault;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The {@code blob} input: the content of the blob at a path, or nothing when there is none. */
public final class BlobInputProvider implements InputProvider, ParameterProvider {
  @Override
  public Set<String> types() {
    return Set.of("blob");
  }

  @Override
  public Optional<Parameter> parameter(BindingContext context, Class<?> type)
      throws BindingException {
    return SdkParameters.ofInput(context, type);
  }

  @Override
  public Input open(BindingContext context) throws BindingException {
    Template path = BlobTarget.path(context);
    BlobServiceClient account = StorageAccounts.of(context.host()).of(context).blobs();
    HostClock clock = context.host().clock();
    return data -> read(account, BlobTarget.render(path, data, clock));
  }

  private static Payload read(BlobServiceClient account, BlobPath path) throws IOException {
    BlobClient blob = account.getBlobContainerClient(path.container()).getBlobClient(path.name());
    BlobInputStream first;
    try {
      first = BlobReader.open(blob, path.toString(), new BlobRequestConditions());
    } catch (StorageFault e) {
      if (e.status() == 404) {
        return Payload.EMPTY;
      }
      throw e;
    }
    // The first opening is the one that proved the blob to be there; a later one asks again.
    AtomicReference<@Nullable InputStream> opened = new AtomicReference<>(first);
    return new Payload.Stream(
        () -> {
          InputStream stream = opened.getAndSet(null);
          return stream != null
              ? stream
              : BlobReader.open(blob, path.toString(), new BlobRequestConditions());
        },
        first.getProperties().getBlobSize());
  }
}
