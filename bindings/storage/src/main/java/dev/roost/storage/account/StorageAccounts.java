package dev.roost.storage.account;

import dev.roost.spi.BindingContext;
import dev.roost.spi.BindingException;
import dev.roost.spi.Connection;
import dev.roost.spi.HostServices;
import java.util.HashMap;
import java.util.Map;

/** The storage accounts that one host uses, one per connection. Safe for use by many threads. */
public final class StorageAccounts implements AutoCloseable {
  /** The connection of a binding that names none: the app's own account. */
  public static final String DEFAULT = "Storage";

  private final HostServices host;
  private final Map<Connection, StorageAccount> accounts = new HashMap<>();
  private final Transports transports = new Transports();

  private StorageAccounts(HostServices host) {
    this.host = host;
  }

  /** The accounts of this host, shared by all providers of this module. */
  public static StorageAccounts of(HostServices host) {
    return host.shared(StorageAccounts.class, () -> new StorageAccounts(host));
  }

  /**
   * The account of a binding's {@code connection} attribute; no I/O.
   *
   * @throws BindingException when there is no such connection or it can't be a storage account
   */
  public StorageAccount of(BindingContext context) throws BindingException {
    return named(context.optional("connection", DEFAULT));
  }

  /**
   * The account of the connection {@code name}; no I/O.
   *
   * @throws BindingException when there is no such connection or it can't be a storage account
   */
  public synchronized StorageAccount named(String name) throws BindingException {
    Connection connection = Connection.required(host.settings(), name);
    StorageAccount account = accounts.get(connection);
    if (account == null) {
      account = new StorageAccount(address(connection), transports, host);
      accounts.put(connection, account);
    }
    return account;
  }

  private static AccountAddress address(Connection connection) throws BindingException {
    return switch (connection) {
      case Connection.Text text -> ConnectionString.parse(text.origin(), text.value());
      case Connection.Identity identity -> IdentitySection.parse(identity);
    };
  }

  /** Drops all clients; their connections end with them. */
  @Override
  public synchronized void close() {
    accounts.clear();
    transports.close();
  }
}
