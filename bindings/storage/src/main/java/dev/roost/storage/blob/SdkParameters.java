package dev.roost.storage.blob;

import dev.roost.spi.BindingContext;
import dev.roost.spi.BindingData;
import dev.roost.spi.BindingException;
import dev.roost.spi.HostClock;
import dev.roost.spi.ParameterProvider;
import dev.roost.spi.Payload;
import dev.roost.spi.expression.Template;
import dev.roost.storage.account.StorageAccounts;
import java.io.IOException;
import java.util.Optional;

/** Parameters of blob bindings whose type is a client of the app's own Azure SDK. */
final class SdkParameters {
  private SdkParameters() {}

  /** The blob of a trigger. */
  static Optional<ParameterProvider.Parameter> ofTrigger(BindingContext context, Class<?> type)
      throws BindingException {
    Optional<SdkClients> clients = clients(context, type);
    return clients.map(sdk -> data -> sdk(sdk, triggering(data)));
  }

  private static BlobPath triggering(BindingData data) throws IOException {
    if (data.exactly("BlobTrigger").orElse(Payload.EMPTY) instanceof Payload.Text(String path)) {
      return parsed(path);
    }
    throw new IOException("the trigger does not tell its blob");
  }

  /** The blob, or with a container's client the container, of an input's path. */
  static Optional<ParameterProvider.Parameter> ofInput(BindingContext context, Class<?> type)
      throws BindingException {
    Optional<SdkClients> clients = clients(context, type);
    if (clients.isEmpty()) {
      return Optional.empty();
    }
    Template path = Template.of(context, "path");
    HostClock clock = context.host().clock();
    return Optional.of(data -> {
      String text = path.render(data, clock);
      boolean container = clients.get().needsNoBlob();
      return sdk(
          clients.get(),
          container && text.indexOf('/') < 0 ? new BlobPath(text, "") : parsed(text));
    });
  }

  private static BlobPath parsed(String path) throws IOException {
    try {
      return BlobPath.parse(path);
    } catch (BindingException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static Object sdk(SdkClients clients, BlobPath path) throws IOException {
    return clients.client(path.container(), path.name());
  }

  private static Optional<SdkClients> clients(BindingContext context, Class<?> type)
      throws BindingException {
    Optional<SdkClients.Kind> kind = SdkClients.kind(type);
    return kind.isEmpty()
        ? Optional.empty()
        : Optional.of(
            SdkClients.of(
                type, kind.get(), StorageAccounts.of(context.host()).of(context).blobAccess()));
  }
}
