package dev.roost.host.export;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roost.spi.Connection;
import dev.roost.spi.Settings;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where a scaler finds what a connection names: by the name of a variable of the container, or by
 * the account and a workload identity.
 *
 * @param metadata the keys that say so
 * @param identity true for a workload identity
 */
record Place(ObjectNode metadata, boolean identity) {

  /**
   * The place of a connection.
   *
   * @param key what KEDA calls the account: {@code accountName} or {@code namespace}
   * @param addresses the keys of an identity section that hold it, as a URL, a host or a name
   * @throws ExportException when the section names no account
   */
  static Place of(
      String function,
      Settings settings,
      String connection,
      String key,
      List<String> addresses,
      List<String> warnings)
      throws ExportException {
    ObjectNode metadata = JsonNodeFactory.instance.objectNode();
    Optional<Connection> found = Connection.find(settings, connection);
    if (found.isEmpty()) {
      warnings.add(
          function
              + ": the connection '"
              + connection
              + "' is not set here, so it is taken for a variable of that name in the Secret.");
      return new Place(metadata.put("connectionFromEnv", connection), false);
    }
    return switch (found.get()) {
      case Connection.Text text -> {
        warnIfLocal(function, text, warnings);
        yield new Place(metadata.put("connectionFromEnv", text.origin()), false);
      }
      case Connection.Identity identity ->
          new Place(
              metadata.put(
                  key,
                  account(identity.section(), addresses)
                      .orElseThrow(() ->
                          new ExportException(
                              function
                                  + ": the identity connection '"
                                  + identity.origin()
                                  + "' names no account that a scaler could ask. Set one of "
                                  + addresses.stream()
                                      .map(name -> identity.origin() + "__" + name)
                                      .toList()
                                  + "."))),
              true);
    };
  }

  private static void warnIfLocal(String function, Connection.Text text, List<String> warnings) {
    if (text.value().strip().toLowerCase(java.util.Locale.ROOT).startsWith("usedevelopment")) {
      warnings.add(
          function
              + ": "
              + text.origin()
              + " is the local emulator here; the Secret must hold a real connection string.");
    }
  }

  private static Optional<String> account(Map<String, String> section, List<String> addresses) {
    for (String wanted : addresses) {
      for (Map.Entry<String, String> entry : section.entrySet()) {
        if (entry.getKey().equalsIgnoreCase(wanted) && !entry.getValue().isBlank()) {
          return Optional.of(firstLabel(entry.getValue().strip()));
        }
      }
    }
    return Optional.empty();
  }

  private static String firstLabel(String address) {
    String host = address.contains("://") ? URI.create(address).getHost() : address;
    int dot = host == null ? -1 : host.indexOf('.');
    return dot < 0 ? address : host.substring(0, dot);
  }
}
