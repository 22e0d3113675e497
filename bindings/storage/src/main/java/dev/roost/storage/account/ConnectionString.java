package dev.roost.storage.account;

import com.azure.data.tables.TableServiceClientBuilder;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.queue.QueueServiceClientBuilder;
import dev.roost.spi.BindingException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/**
 * An account given by a connection string. The text is checked here, because the SDK's own messages
 * neither name the setting nor keep its value to themselves.
 */
final class ConnectionString implements AccountAddress {
  private final String origin;
  private final String value;
  private final Map<String, String> parts;

  private ConnectionString(String origin, String value, Map<String, String> parts) {
    this.origin = origin;
    this.value = value;
    this.parts = parts;
  }

  /**
   * Checks a connection string.
   *
   * @param origin the setting it comes from
   * @throws BindingException naming the setting and what is wrong, never the value
   */
  static ConnectionString parse(String origin, String value) throws BindingException {
    Map<String, String> parts = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String part : value.trim().split(";", -1)) {
      int equals = part.indexOf('=');
      if (equals > 0) {
        parts.put(part.substring(0, equals).trim(), part.substring(equals + 1).trim());
      } else if (!part.isBlank()) {
        throw bad(origin, "is not made of key=value pairs separated by ';'");
      }
    }
    var parsed = new ConnectionString(origin, value.trim(), parts);
    parsed.check();
    return parsed;
  }

  private void check() throws BindingException {
    if (parts.containsKey("UseDevelopmentStorage")) {
      if (!"true".equalsIgnoreCase(parts.get("UseDevelopmentStorage"))) {
        throw bad(origin, "has a UseDevelopmentStorage other than 'true'");
      }
      return;
    }
    String key = parts.get("AccountKey");
    if (key != null && !isBase64(key)) {
      throw bad(origin, "has an AccountKey that is not Base64, so it was cut or changed");
    }
    if (key == null && !parts.containsKey("SharedAccessSignature")) {
      throw bad(origin, "has neither an AccountKey nor a SharedAccessSignature");
    }
    if (key != null && !parts.containsKey("AccountName")) {
      throw bad(origin, "has an AccountKey but no AccountName");
    }
    for (String service : new String[] {"Blob", "Queue", "Table"}) {
      String endpoint = parts.get(service + "Endpoint");
      if (endpoint != null && !isHttpUri(endpoint)) {
        throw bad(origin, "has a " + service + "Endpoint that is not an http(s) URL");
      }
    }
  }

  @Override
  public String origin() {
    return origin;
  }

  @Override
  public BlobAccess blobAccess() {
    return new BlobAccess.Text(origin, value);
  }

  @Override
  public BlobServiceClientBuilder blobs(Transports transports) throws BindingException {
    return build("Blob", () -> new BlobServiceClientBuilder().connectionString(value));
  }

  @Override
  public QueueServiceClientBuilder queues(Transports transports) throws BindingException {
    return build("Queue", () -> new QueueServiceClientBuilder().connectionString(value));
  }

  @Override
  public TableServiceClientBuilder tables(Transports transports) throws BindingException {
    return build("Table", () -> new TableServiceClientBuilder().connectionString(value));
  }

  private interface Building<T> {
    T build();
  }

  private <T> T build(String service, Building<T> building) throws BindingException {
    if (!parts.containsKey("UseDevelopmentStorage")
        && !parts.containsKey("AccountName")
        && !parts.containsKey(service + "Endpoint")) {
      throw bad(origin, "has neither an AccountName nor a " + service + "Endpoint");
    }
    try {
      return building.build();
    } catch (IllegalArgumentException _) { // its message may quote the value
      throw bad(origin, "is refused by the Azure SDK");
    }
  }

  private static BindingException bad(String setting, String what) {
    return new BindingException(
        "connection",
        "the connection string in the setting '" + setting + "' " + what,
        "Copy the whole string from the account's access keys, or write"
            + " UseDevelopmentStorage=true for Azurite.");
  }

  private static boolean isBase64(String text) {
    try {
      return Base64.getDecoder().decode(text).length > 0;
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  static boolean isHttpUri(String text) {
    try {
      URI uri = new URI(text);
      return uri.getHost() != null
          && ("https".equalsIgnoreCase(uri.getScheme())
              || "http".equalsIgnoreCase(uri.getScheme()));
    } catch (URISyntaxException _) {
      return false;
    }
  }
}
