package dev.roost.storage.blob;

import dev.roost.spi.BindingContext;
import dev.roost.spi.BindingException;
import dev.roost.spi.HostServices;
import dev.roost.spi.HttpEndpoint;
import dev.roost.spi.Source;
import dev.roost.spi.TriggerProvider;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Opens {@code blobTrigger}: one event per version of a blob. All functions share one source. */
public final class BlobTrigger implements TriggerProvider {
  private @Nullable BlobSource source;

  /** For ServiceLoader. */
  public BlobTrigger() {}

  @Override
  public Set<String> types() {
    return Set.of("blobTrigger");
  }

  @Override
  public synchronized Source open(BindingContext context) throws BindingException {
    if (source == null) {
      source = new BlobSource(context.host());
    }
    return source.open(context);
  }

  @Override
  public List<HttpEndpoint> endpoints(HostServices host) {
    return List.of(new BlobWebhook(this::source).endpoint());
  }

  private synchronized @Nullable BlobSource source() {
    return source;
  }

  @Override
  public String describe(BindingContext context) throws BindingException {
    return "blob " + BlobPattern.parse(context.required("path"));
  }
}
