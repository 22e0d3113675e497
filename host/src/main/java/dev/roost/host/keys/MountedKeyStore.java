package dev.roost.host.keys;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Keys of a Kubernetes secret that is mounted as a folder, one file a key. Only read, ever. */
final class MountedKeyStore implements KeyStore {
  /** Where the official tools mount it. */
  static final Path DEFAULT = Path.of("/run/secrets/functions-keys");

  private static final Duration LOOK_EVERY = Duration.ofSeconds(2);

  private final Path folder;

  MountedKeyStore(Path folder) {
    this.folder = folder;
  }

  @Override
  public String place() {
    return "folder " + folder + ", which is only read";
  }

  @Override
  public boolean writable() {
    return false;
  }

  @Override
  public Duration lookEvery() {
    return LOOK_EVERY;
  }

  @Override
  public Optional<Stored> read(KeyScope scope) throws IOException {
    Map<String, String> values = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = String.valueOf(file.getFileName());
        if (NamedKeys.matches(name)) {
          values.put(name, Files.readString(file));
        }
      }
    } catch (NoSuchFileException _) {
      throw new IOException(
          "folder "
              + folder
              + " does not exist: mount the secret there, or set FUNCTIONS_SECRETS_PATH to where it"
              + " is");
    }
    return Optional.of(new Stored(NamedKeys.document(values, scope), ""));
  }

  @Override
  public boolean write(KeyScope scope, Optional<String> version, String text) throws IOException {
    throw new IOException(place());
  }
}
