package dev.roost.storage.blob;

import dev.roost.spi.BindingException;
import dev.roost.storage.account.BlobAccess;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * Makes clients of the Azure SDK that an app brings, by reflection on the app's own classes: the
 * host shares none of them with the app, so versions can't clash. The service client is made when
 * it is first asked for, and kept. Safe for use by many threads.
 */
final class SdkClients {
  private static final String PACKAGE = "com.azure.storage.blob.";
  private static final String BUILDER = PACKAGE + "BlobServiceClientBuilder";

  /** How to get from the service's client to the wanted one, by the wanted class. */
  private static final Map<String, Kind> KINDS =
      Map.of(
          PACKAGE + "BlobServiceClient", Kind.SERVICE,
          PACKAGE + "BlobContainerClient", Kind.CONTAINER,
          PACKAGE + "BlobClient", Kind.BLOB,
          PACKAGE + "specialized.BlockBlobClient", Kind.BLOCK_BLOB);

  /** What a client is for. */
  enum Kind {
    SERVICE,
    CONTAINER,
    BLOB,
    BLOCK_BLOB
  }

  private final Foreign app;
  private final BlobAccess access;
  private final Kind kind;
  private Optional<Object> service = Optional.empty();

  private SdkClients(Foreign app, BlobAccess access, Kind kind) {
    this.app = app;
    this.access = access;
    this.kind = kind;
  }

  /** What clients of this class are for; empty when it is no class of the SDK. */
  static Optional<Kind> kind(Class<?> type) {
    return Optional.ofNullable(KINDS.get(type.getName()));
  }

  /**
   * The clients of the class {@code type}, which is one of {@link #kind}.
   *
   * @throws BindingException when the app lacks a part of the SDK
   */
  static SdkClients of(Class<?> type, Kind kind, BlobAccess access) throws BindingException {
    Foreign app = new Foreign(type.getClassLoader());
    app.required(BUILDER, "com.azure:azure-storage-blob");
    if (access instanceof BlobAccess.Identity identity) {
      SdkCredential.check(app, identity);
    }
    return new SdkClients(app, access, kind);
  }

  /** True when a container without a blob is all that the client needs. */
  boolean needsNoBlob() {
    return kind == Kind.CONTAINER || kind == Kind.SERVICE;
  }

  /**
   * The client.
   *
   * @param name of the blob; does not matter for a container or a service
   * @throws IOException when the app's SDK refuses to make it
   */
  Object client(String container, String name) throws IOException {
    Object client = service();
    if (kind != Kind.SERVICE) {
      client = app.call(client, "getBlobContainerClient", container);
    }
    if (kind == Kind.BLOB || kind == Kind.BLOCK_BLOB) {
      client = app.call(client, "getBlobClient", name);
    }
    return kind == Kind.BLOCK_BLOB ? app.call(client, "getBlockBlobClient") : client;
  }

  private synchronized Object service() throws IOException {
    if (service.isEmpty()) {
      Object builder = app.make(BUILDER);
      switch (access) {
        case BlobAccess.Text text -> app.call(builder, "connectionString", text.connectionString());
        case BlobAccess.Identity identity -> {
          app.call(builder, "endpoint", identity.endpoint());
          app.call(
              builder,
              "credential",
              app.type("com.azure.core.credential.TokenCredential"),
              SdkCredential.of(app, identity));
        }
      }
      service = Optional.of(app.call(builder, "buildClient"));
    }
    return service.get();
  }
}
