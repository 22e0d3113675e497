package dev.roost.host.keys;

import dev.roost.spi.StateStore;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * Keys in the host's own storage account, under the official path {@code
 * azure-webjobs-secrets/<site or host id>/}.
 */
final class BlobKeyStore implements KeyStore {
  private static final Duration LOOK_EVERY = Duration.ofSeconds(30);

  private final StateStore store;
  private final String folder;

  /**
   * @param owner the site and slot on App Service, else the host id
   */
  BlobKeyStore(StateStore store, String owner) {
    this.store = store;
    this.folder = "azure-webjobs-secrets/" + owner;
  }

  @Override
  public String place() {
    return folder + " in AzureWebJobsStorage";
  }

  @Override
  public boolean writable() {
    return true;
  }

  @Override
  public Duration lookEvery() {
    return LOOK_EVERY;
  }

  @Override
  public Optional<Stored> read(KeyScope scope) throws IOException {
    Optional<StateStore.Document> found = store.read(path(scope));
    if (found.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Stored(KeyDocument.parse(found.get().content(), path(scope)), found.get().etag()));
  }

  @Override
  public boolean write(KeyScope scope, Optional<String> version, String text) throws IOException {
    return version.isEmpty()
        ? store.create(path(scope), text).isPresent()
        : store.replace(path(scope), version.get(), text).isPresent();
  }

  private String path(KeyScope scope) {
    return folder + "/" + scope.document();
  }
}
