package dev.roost.storage.account;

import java.util.Map;

/** How the blobs of an account are reached, for a client that somebody else makes. */
public sealed interface BlobAccess {

  /** The setting or section it comes from; safe to show. */
  String origin();

  /**
   * By a connection string: a secret.
   *
   * @param origin the setting
   * @param connectionString never shown or logged
   */
  record Text(String origin, String connectionString) implements BlobAccess {
    @Override
    public String toString() {
      return "BlobAccess[" + origin + "]";
    }
  }

  /**
   * By an identity.
   *
   * @param origin the section
   * @param endpoint of the blobs
   * @param section its keys, for example {@code clientId}, without regard to case
   */
  record Identity(String origin, String endpoint, Map<String, String> section)
      implements BlobAccess {
    @Override
    public String toString() {
      return "BlobAccess[" + origin + "]";
    }
  }
}
