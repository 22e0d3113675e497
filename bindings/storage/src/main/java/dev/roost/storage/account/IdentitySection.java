package dev.roost.storage.account;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.data.tables.TableServiceClientBuilder;
import com.azure.identity.ClientSecretCredentialBuilder;
import com.azure.identity.DefaultAzureCredentialBuilder;
import com.azure.identity.ManagedIdentityCredentialBuilder;
import com.azure.identity.WorkloadIdentityCredentialBuilder;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.queue.QueueServiceClientBuilder;
import dev.roost.spi.BindingException;
import dev.roost.spi.Connection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An account given by a section of settings, entered with an identity of Microsoft Entra. Source of
 * the keys: StorageClientProvider of the WebJobs extensions and Azure SDK's AzureComponentFactory.
 */
final class IdentitySection implements AccountAddress {
  private final String origin;
  private final Map<String, String> section;
  private @Nullable TokenCredential credential;

  private IdentitySection(String origin, Map<String, String> section) {
    this.origin = origin;
    this.section = section;
  }

  /**
   * Checks a section.
   *
   * @throws BindingException when it has no address, or a credential that is not known
   */
  static IdentitySection parse(Connection.Identity identity) throws BindingException {
    Map<String, String> section = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    identity
        .section()
        .forEach((key, value) -> {
          if (!value.isBlank()) {
            section.put(key, value.trim());
          }
        });
    var parsed = new IdentitySection(identity.origin(), section);
    String kind = parsed.kind();
    if (!kind.isEmpty() && !kind.equals("managedidentity") && !kind.equals("workloadidentity")) {
      throw new BindingException(
          "connection",
          "'" + identity.origin() + "__credential' is '" + section.get("credential") + "'",
          "Use managedidentity or workloadidentity, or leave it out for the default chain.");
    }
    return parsed;
  }

  @Override
  public String origin() {
    return origin;
  }

  @Override
  public BlobAccess blobAccess() throws BindingException {
    return new BlobAccess.Identity(origin, endpoint("blob"), section);
  }

  @Override
  public BlobServiceClientBuilder blobs(Transports transports) throws BindingException {
    return new BlobServiceClientBuilder()
        .endpoint(endpoint("blob"))
        .credential(credential(transports.http(Patience.POLLING)));
  }

  @Override
  public QueueServiceClientBuilder queues(Transports transports) throws BindingException {
    return new QueueServiceClientBuilder()
        .endpoint(endpoint("queue"))
        .credential(credential(transports.http(Patience.POLLING)));
  }

  @Override
  public TableServiceClientBuilder tables(Transports transports) throws BindingException {
    return new TableServiceClientBuilder()
        .endpoint(endpoint("table"))
        .credential(credential(transports.http(Patience.POLLING)));
  }

  private String endpoint(String service) throws BindingException {
    String account = section.get("accountName");
    if (account != null) {
      return "https://" + account + "." + service + ".core.windows.net";
    }
    String key = service + "ServiceUri";
    String uri =
        Optional.ofNullable(section.get(key))
            .or(() -> Optional.ofNullable(section.get("serviceUri")))
            .orElseThrow(() ->
                new BindingException(
                    "connection",
                    "the section '" + origin + "' has no address for its " + service + "s",
                    "Set " + origin + "__accountName or " + origin + "__" + key + "."));
    if (!uri.toLowerCase(Locale.ROOT).startsWith("https://") || !ConnectionString.isHttpUri(uri)) {
      throw new BindingException(
          "connection",
          "'" + origin + "__" + key + "' is not an https URL",
          "Identities need https; for Azurite use a connection string.");
    }
    return uri;
  }

  private String kind() {
    return section.getOrDefault("credential", "").toLowerCase(Locale.ROOT);
  }

  private synchronized TokenCredential credential(HttpClient http) throws BindingException {
    if (credential == null) {
      try {
        credential = makeCredential(http);
      } catch (IllegalArgumentException e) { // says which property is missing
        throw new BindingException(
            "connection",
            "the section '" + origin + "' makes no credential: " + e.getMessage(),
            "Add what is missing to " + origin + "__… or to the environment.");
      }
    }
    return credential;
  }

  private TokenCredential makeCredential(HttpClient http) {
    String client = section.get("clientId");
    String tenant = section.get("tenantId");
    String secret = section.get("clientSecret");
    if (kind().equals("managedidentity")) {
      var builder = new ManagedIdentityCredentialBuilder().httpClient(http);
      String resource = section.get("managedIdentityResourceId");
      if (client != null) {
        builder.clientId(client);
      } else if (resource != null) {
        builder.resourceId(resource);
      }
      return builder.build();
    }
    if (kind().equals("workloadidentity")) {
      return new WorkloadIdentityCredentialBuilder()
          .httpClient(http)
          .clientId(client)
          .tenantId(tenant)
          .build();
    }
    if (client != null && tenant != null && secret != null) {
      return new ClientSecretCredentialBuilder()
          .httpClient(http)
          .clientId(client)
          .tenantId(tenant)
          .clientSecret(secret)
          .build();
    }
    var builder = new DefaultAzureCredentialBuilder().httpClient(http);
    if (tenant != null) {
      builder.tenantId(tenant);
    }
    if (client != null) {
      builder.managedIdentityClientId(client).workloadIdentityClientId(client);
    }
    return builder.build();
  }
}
