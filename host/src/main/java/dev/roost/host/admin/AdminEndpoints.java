package dev.roost.host.admin;

import dev.roost.spi.HttpEndpoint;
import java.util.List;
import java.util.stream.Stream;

/** All HTTP routes of the host itself. */
public final class AdminEndpoints {
  private AdminEndpoints() {}

  /** The routes of a process that only counts what waits: health, ping and status. */
  public static List<HttpEndpoint> ofScaler(Administered host) {
    return Stream.of(new HostEndpoints(host).ofScaler(), new HealthEndpoints(host).all())
        .flatMap(List::stream)
        .toList();
  }

  /** The routes of this host. */
  public static List<HttpEndpoint> of(Administered host) {
    return Stream.of(
            new HostEndpoints(host).all(),
            new ConcurrencyEndpoint(host).all(),
            new FunctionEndpoints(host).all(),
            new PauseEndpoints(host).all(),
            new KeyEndpoints(host).all(),
            new HealthEndpoints(host).all())
        .flatMap(List::stream)
        .toList();
  }
}
