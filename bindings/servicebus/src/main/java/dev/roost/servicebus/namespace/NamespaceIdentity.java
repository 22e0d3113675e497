package dev.roost.servicebus.namespace;

import com.azure.core.credential.TokenCredential;
import com.azure.identity.ClientSecretCredentialBuilder;
import com.azure.identity.DefaultAzureCredentialBuilder;
import com.azure.identity.ManagedIdentityCredentialBuilder;
import com.azure.identity.WorkloadIdentityCredentialBuilder;
import com.azure.messaging.servicebus.ServiceBusClientBuilder;
import dev.roost.spi.BindingException;
import dev.roost.spi.Connection;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A namespace given by a section of settings, entered with an identity of Microsoft Entra. Source
 * of the keys: ServiceBusClientFactory of the WebJobs extension and Azure SDK's
 * AzureComponentFactory.
 */
final class NamespaceIdentity {
  private static final Set<String> KINDS = Set.of("", "managedidentity", "workloadidentity");

  private final String origin;
  private final Map<String, String> section;

  private NamespaceIdentity(String origin, Map<String, String> section) {
    this.origin = origin;
    this.section = section;
  }

  /**
   * Checks a section.
   *
   * @throws BindingException when it has no namespace, or a credential that is not known
   */
  static NamespaceIdentity of(Connection.Identity connection) throws BindingException {
    Map<String, String> section = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    connection
        .section()
        .forEach((key, value) -> {
          if (!value.isBlank()) {
            section.put(key, value.trim());
          }
        });
    String origin = connection.origin();
    if (!section.containsKey("fullyQualifiedNamespace")) {
      throw new BindingException(
          "connection",
          "the section '" + origin + "' has no namespace",
          "Set " + origin + "__fullyQualifiedNamespace to <name>.servicebus.windows.net.");
    }
    var identity = new NamespaceIdentity(origin, section);
    if (!KINDS.contains(identity.kind())) {
      throw new BindingException(
          "connection",
          "'" + origin + "__credential' is '" + section.get("credential") + "'",
          "Use managedidentity or workloadidentity, or leave it out for the default chain.");
    }
    return identity;
  }

  /** Tells a builder the namespace and the credential. */
  void enter(ServiceBusClientBuilder builder) throws BindingException {
    String namespace = section.getOrDefault("fullyQualifiedNamespace", "");
    try {
      builder.credential(namespace, credential());
    } catch (IllegalArgumentException e) { // says which property is missing
      throw new BindingException(
          "connection",
          "the section '" + origin + "' makes no credential: " + e.getMessage(),
          "Add what is missing to " + origin + "__… or to the environment.");
    }
  }

  private String kind() {
    return section.getOrDefault("credential", "").toLowerCase(Locale.ROOT);
  }

  private TokenCredential credential() {
    @Nullable String client = section.get("clientId");
    @Nullable String tenant = section.get("tenantId");
    @Nullable String secret = section.get("clientSecret");
    if (kind().equals("managedidentity")) {
      var builder = new ManagedIdentityCredentialBuilder();
      @Nullable String resource = section.get("managedIdentityResourceId");
      if (client != null) {
        builder.clientId(client);
      } else if (resource != null) {
        builder.resourceId(resource);
      }
      return builder.build();
    }
    if (kind().equals("workloadidentity")) {
      return new WorkloadIdentityCredentialBuilder().clientId(client).tenantId(tenant).build();
    }
    if (client != null && tenant != null && secret != null) {
      return new ClientSecretCredentialBuilder()
          .clientId(client)
          .tenantId(tenant)
          .clientSecret(secret)
          .build();
    }
    var builder = new DefaultAzureCredentialBuilder();
    if (tenant != null) {
      builder.tenantId(tenant);
    }
    if (client != null) {
      builder.managedIdentityClientId(client).workloadIdentityClientId(client);
    }
    return builder.build();
  }
}
