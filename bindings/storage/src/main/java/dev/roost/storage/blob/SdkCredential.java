package dev.roost.storage.blob;

import dev.roost.spi.BindingException;
import dev.roost.storage.account.BlobAccess;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;

/** The credential of a connection, made of the azure-identity that an app brings. */
final class SdkCredential {
  private static final String PACKAGE = "com.azure.identity.";
  private static final String LIBRARY = "com.azure:azure-identity";

  private SdkCredential() {}

  /**
   * @throws BindingException when the app does not bring azure-identity
   */
  static void check(Foreign app, BlobAccess.Identity identity) throws BindingException {
    app.required(builder(identity.section()), LIBRARY);
  }

  private static String builder(Map<String, String> section) {
    return PACKAGE
        + switch (section.getOrDefault("credential", "").toLowerCase(Locale.ROOT)) {
          case "managedidentity" -> "ManagedIdentityCredentialBuilder";
          case "workloadidentity" -> "WorkloadIdentityCredentialBuilder";
          default ->
              section.containsKey("clientSecret")
                      && section.containsKey("clientId")
                      && section.containsKey("tenantId")
                  ? "ClientSecretCredentialBuilder"
                  : "DefaultAzureCredentialBuilder";
        };
  }

  /** The same choice as the host's own, for the same section. */
  static Object of(Foreign app, BlobAccess.Identity identity) throws IOException {
    Map<String, String> section = identity.section();
    String type = builder(section);
    Object builder = app.make(type);
    switch (type.substring(PACKAGE.length())) {
      case "ManagedIdentityCredentialBuilder" -> {
        if (section.containsKey("clientId")) {
          app.call(builder, "clientId", section.get("clientId"));
        } else if (section.containsKey("managedIdentityResourceId")) {
          app.call(builder, "resourceId", section.get("managedIdentityResourceId"));
        }
      }
      case "DefaultAzureCredentialBuilder" -> {
        set(app, builder, "tenantId", section, "tenantId");
        set(app, builder, "managedIdentityClientId", section, "clientId");
        set(app, builder, "workloadIdentityClientId", section, "clientId");
      }
      default -> {
        set(app, builder, "clientId", section, "clientId");
        set(app, builder, "tenantId", section, "tenantId");
        if (type.endsWith("ClientSecretCredentialBuilder")) {
          set(app, builder, "clientSecret", section, "clientSecret");
        }
      }
    }
    return app.call(builder, "build");
  }

  private static void set(
      Foreign app, Object builder, String method, Map<String, String> section, String key)
      throws IOException {
    String value = section.get(key);
    if (value != null) {
      app.call(builder, method, value);
    }
  }
}
