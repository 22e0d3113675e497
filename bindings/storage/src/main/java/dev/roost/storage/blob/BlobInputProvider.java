package dev.roost.storage.blob;

import com.azure.storage.blob.BlobServiceClient;
import dev.roost.spi.BindingContext;
import dev.roost.spi.BindingException;
import dev.roost.spi.HostClock;
import dev.roost.spi.InputProvider;
import dev.roost.spi.ParameterProvider;
import dev.roost.spi.expression.Template;
import dev.roost.storage.account.StorageAccounts;
import java.util.Optional;
import java.util.Set;

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
    return data -> BlobContent.read(account, BlobTarget.render(path, data, clock));
  }
}
