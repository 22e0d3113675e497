package dev.roost.storage.blob;

import dev.roost.spi.BindingContext;
import dev.roost.spi.BindingException;
import dev.roost.spi.EffectiveSetting;
import dev.roost.spi.HostServices;
import dev.roost.spi.HttpEndpoint;
import dev.roost.spi.ParameterProvider;
import dev.roost.spi.Source;
import dev.roost.spi.TriggerProvider;
import dev.roost.storage.account.StorageAccounts;
import dev.roost.storage.queue.OptionReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Opens {@code blobTrigger}: one event per version of a blob. All functions share one source. */
public final class BlobTrigger implements TriggerProvider, ParameterProvider {
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
  public Optional<Parameter> parameter(BindingContext context, Class<?> type)
      throws BindingException {
    return SdkParameters.ofTrigger(context, type);
  }

  @Override
  public List<EffectiveSetting> effective(BindingContext context) throws BindingException {
    BlobOptions options = BlobOptions.of(context.host());
    BlobPattern pattern = BlobPattern.parse(context.required("path"));
    List<EffectiveSetting> settings = new ArrayList<>();
    settings.add(context.effective("", "path", pattern));
    settings.add(context.effective("connection", StorageAccounts.DEFAULT));
    settings.add(context.effective("source", "LogsAndContainerScan"));
    OptionReader own = OptionReader.function(context.host(), context.function().name());
    for (String key : List.of("startFrom", "scanInterval", "eventQueue", "eventQueueConnection")) {
      if (own.has(key) || key.equals("startFrom")) {
        settings.add(own.effective(key, own.text(key, "beginning")));
      }
    }
    settings.addAll(options.effective(context.host()));
    return settings;
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
