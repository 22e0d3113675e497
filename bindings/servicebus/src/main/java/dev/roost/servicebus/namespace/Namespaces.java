package dev.roost.servicebus.namespace;

import dev.roost.spi.BindingContext;
import dev.roost.spi.BindingException;
import dev.roost.spi.Connection;
import dev.roost.spi.HostServices;
import java.util.HashMap;
import java.util.Map;

/** The namespaces that one host uses, one per connection. Safe for use by many threads. */
public final class Namespaces implements AutoCloseable {
  /** The connection of a binding that names none: {@code AzureWebJobsServiceBus}. */
  public static final String DEFAULT = "ServiceBus";

  private final HostServices host;
  private final Map<Connection, Namespace> open = new HashMap<>();

  private Namespaces(HostServices host) {
    this.host = host;
  }

  /**
   * The namespace of a binding's {@code connection} attribute; no I/O.
   *
   * @throws BindingException when there is no such connection or it can't be a namespace
   */
  public static Namespace of(BindingContext context) throws BindingException {
    HostServices host = context.host();
    return host.shared(Namespaces.class, () -> new Namespaces(host))
        .named(context.optional("connection", DEFAULT));
  }

  private synchronized Namespace named(String name) throws BindingException {
    Connection connection = Connection.required(host.settings(), name);
    Namespace namespace = open.get(connection);
    if (namespace == null) {
      namespace = Namespace.of(connection, ClientOptions.of(host));
      open.put(connection, namespace);
    }
    return namespace;
  }

  /** Closes all clients, and with them their connections. */
  @Override
  public synchronized void close() {
    open.values().forEach(Namespace::close);
    open.clear();
  }
}
