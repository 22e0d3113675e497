package dev.roost.host.keys;

import dev.roost.spi.Connection;
import dev.roost.spi.HostServices;
import dev.roost.spi.Problem;
import dev.roost.spi.Settings;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Reads from the settings where keys lie. Rules of the official host: blobs when there is host
 * storage and nothing else is said; our own: keys of the environment are valid beside any store.
 */
final class KeyPlace {
  private static final String TYPE = "AzureWebJobsSecretStorageType";
  private static final String FOLDER = "FUNCTIONS_SECRETS_PATH";
  private static final String GIVEN = "ROOST_KEYS";

  private KeyPlace() {}

  /** The store that the settings name. */
  static KeyStore of(HostServices host, Consumer<Problem> problems) {
    Settings settings = host.settings();
    Optional<Path> folder = settings.get(FOLDER).filter(text -> !text.isBlank()).map(Path::of);
    boolean storage = Connection.find(settings, "Storage").isPresent();
    String type =
        settings
            .get(TYPE)
            .map(text -> text.strip().toLowerCase(Locale.ROOT))
            .filter(text -> !text.isEmpty())
            .orElse(storage ? "blob" : folder.isPresent() ? "files" : "none");
    return switch (type) {
      case "blob" ->
          storage
              ? new BlobKeyStore(host.stateStore(), owner(host))
              : lacking(problems, type, "AzureWebJobsStorage");
      case "files" ->
          folder.<KeyStore>map(FileKeyStore::new).orElseGet(() -> lacking(problems, type, FOLDER));
      case "kubernetes" -> new MountedKeyStore(folder.orElse(MountedKeyStore.DEFAULT));
      case "none" ->
          new NoKeyStore("neither AzureWebJobsStorage nor FUNCTIONS_SECRETS_PATH is set");
      default -> {
        problems.accept(
            new Problem(
                "the settings",
                TYPE,
                "'" + type + "' is not a place for keys that this host knows",
                "Write blob, files or kubernetes; until then only keys of the environment"
                    + " are valid."));
        yield new NoKeyStore(TYPE + " names no place that this host knows");
      }
    };
  }

  private static KeyStore lacking(Consumer<Problem> problems, String type, String setting) {
    problems.accept(
        new Problem(
            "the settings",
            TYPE,
            "'" + type + "' needs " + setting + ", which is not set",
            "Set it; until then only keys of the environment are valid."));
    return new NoKeyStore(setting + " is not set");
  }

  /** The keys of the settings {@code ROOST_KEYS__…}, by their official names. */
  static Map<String, String> given(Settings settings) {
    Map<String, String> given = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    settings.section(GIVEN).forEach((name, value) -> given.put(name.replace("__", "."), value));
    return given;
  }

  private static String owner(HostServices host) {
    Optional<String> site =
        host.settings().get("WEBSITE_SITE_NAME").filter(text -> !text.isBlank());
    if (site.isEmpty()) {
      return host.hostId();
    }
    String slot = host.settings().get("WEBSITE_SLOT_NAME").orElse("").strip();
    boolean production = slot.isEmpty() || slot.equalsIgnoreCase("production");
    return (production ? site.get() : site.get() + "-" + slot).strip().toLowerCase(Locale.ROOT);
  }
}
