package dev.roost.spi;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * The HTTP server of a host. A {@link TriggerProvider} that also implements this serves the host's
 * endpoints; it is started first, before any source, and stopped last.
 */
public interface EndpointServer {

  /**
   * Initialises what it stands on; called once, before {@link #listen} and before the host allows
   * native access, so that a library that looks for that permission finds none yet.
   */
  default void prepare() {}

  /**
   * Listens.
   *
   * @param address where; port 0 for any free port
   * @param endpoints what the host and the bindings offer
   * @return where it listens
   * @throws IOException when the address can't be used
   */
  InetSocketAddress listen(
      InetSocketAddress address, List<HttpEndpoint> endpoints, HostServices host)
      throws IOException;
}
