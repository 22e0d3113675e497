package dev.roost.http;

import dev.roost.spi.BindingContext;
import dev.roost.spi.BindingException;
import dev.roost.spi.EffectiveSetting;
import dev.roost.spi.EndpointServer;
import dev.roost.spi.HostServices;
import dev.roost.spi.HttpEndpoint;
import dev.roost.spi.Source;
import dev.roost.spi.TriggerProvider;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The {@code httpTrigger} and the host's HTTP server. */
public final class HttpBinding implements TriggerProvider, EndpointServer {
  private final Site site = new Site();
  private volatile @Nullable HttpServer server;

  @Override
  public Set<String> types() {
    return Set.of("httpTrigger");
  }

  @Override
  public Optional<String> replyType() {
    return Optional.of("http");
  }

  @Override
  public Source open(BindingContext context) throws BindingException {
    HttpSource source = HttpSource.read(context, HttpOptions.read(context.host()));
    site.add(source);
    return source;
  }

  @Override
  public String describe(BindingContext context) throws BindingException {
    HttpServer listening = server;
    return HttpSource.read(context, HttpOptions.read(context.host()))
        .describe(listening == null ? "" : listening.baseUrl());
  }

  @Override
  public List<EffectiveSetting> effective(BindingContext context) throws BindingException {
    HttpOptions options = HttpOptions.read(context.host());
    List<EffectiveSetting> settings =
        new ArrayList<>(HttpSource.read(context, options).effective(context));
    settings.addAll(options.effective(context));
    return settings;
  }

  @Override
  public void prepare() {
    Transport.prepare();
  }

  @Override
  public InetSocketAddress listen(
      InetSocketAddress address, List<HttpEndpoint> endpoints, HostServices host)
      throws IOException {
    site.endpoints(endpoints);
    HttpServer listening = HttpServer.open(site, options(host), host, address);
    server = listening;
    return listening.address();
  }

  /** Broken options fail each function with a message; the host's own endpoints still answer. */
  private static HttpOptions options(HostServices host) {
    try {
      return HttpOptions.read(host);
    } catch (BindingException _) {
      return HttpOptions.DEFAULTS;
    }
  }

  @Override
  public void close() {
    HttpServer listening = server;
    if (listening != null) {
      listening.close();
    }
  }
}
