package dev.roost.spi;

/** Makes the stores of a host from its settings; found by ServiceLoader. */
public interface StoreProvider extends AutoCloseable {

  /** The documents in the host's own storage account; its calls throw when none is configured. */
  StateStore state(HostServices host);

  /** The leases in the host's own storage account; its calls throw when none is configured. */
  LeaseProvider leases(HostServices host);

  @Override
  default void close() {}
}
