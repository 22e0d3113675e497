package dev.roost.storage.blob;

import com.azure.storage.blob.BlobServiceClient;
import dev.roost.spi.BindingContext;
import dev.roost.spi.BindingException;
import dev.roost.spi.HostClock;
import dev.roost.spi.OutputProvider;
import dev.roost.spi.expression.Template;
import dev.roost.storage.account.StorageAccounts;
import java.util.Set;

/**
 * The {@code blob} output: writes the value to the blob at a path, whatever was there; the
 * container is created when it is missing.
 */
public final class BlobOutputProvider implements OutputProvider {
  @Override
  public Set<String> types() {
    return Set.of("blob");
  }

  @Override
  public Output open(BindingContext context) throws BindingException {
    Template path = BlobTarget.path(context);
    BlobServiceClient account = StorageAccounts.of(context.host()).of(context).blobs();
    BlobWriter writer = new BlobWriter(account);
    HostClock clock = context.host().clock();
    return (value, data) -> writer.write(BlobTarget.render(path, data, clock), value);
  }
}
