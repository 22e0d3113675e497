package dev.roost.host.app;

import dev.roost.host.discovery.Discovery;
import dev.roost.host.discovery.DiscoveryDocument;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.CodeSource;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * Remembers the functions that were found in an app, so that its jars are searched once: one file
 * for each content of its jars and function.json files, read by the same host. An app in a folder
 * of classes, or with a function that can't run, is searched each time. The files lie in {@code
 * $ROOST_INDEX}, else in {@code roost/index} below {@code $XDG_CACHE_HOME} or {@code ~/.cache};
 * where nothing can be written, every start searches.
 */
final class FunctionIndex {
  private static final Logger LOG = System.getLogger("Host.Startup");

  /** The most files, of all apps together. */
  private static final int KEPT = 64;

  private final Optional<Path> folder;

  private FunctionIndex(Optional<Path> folder) {
    this.folder = folder;
  }

  /** The index of the user whose environment this is. */
  static FunctionIndex of(Map<String, String> environment) {
    Optional<Path> caches =
        Optional.ofNullable(environment.get("XDG_CACHE_HOME"))
            .or(() -> Optional.ofNullable(environment.get("HOME")).map(home -> home + "/.cache"))
            .map(Path::of)
            .filter(Path::isAbsolute)
            .map(path -> path.resolve("roost/index"));
    return new FunctionIndex(
        Optional.ofNullable(environment.get("ROOST_INDEX")).map(Path::of).or(() -> caches));
  }

  /** What is known of the app, else what {@code search} finds. */
  Discovery of(AppLayout layout, Supplier<Discovery> search) {
    Optional<Path> file = folder.flatMap(path -> digest(layout).map(path::resolve));
    Optional<Discovery> known = file.filter(Files::exists).flatMap(FunctionIndex::read);
    if (known.isPresent()) {
      return known.get();
    }
    Discovery found = search.get();
    if (found.rejected().isEmpty()) {
      file.ifPresent(path -> write(path, found));
    }
    return found;
  }

  private static Optional<Discovery> read(Path file) {
    try {
      return DiscoveryDocument.read(Files.readString(file));
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "The index " + file + " can't be read", e);
      return Optional.empty();
    }
  }

  /** Whole or not at all: another host may read or write the same. */
  private static void write(Path file, Discovery found) {
    try {
      Path folder = Files.createDirectories(file.toAbsolutePath().getParent());
      Path draft = Files.createTempFile(folder, "index", ".tmp");
      Files.writeString(draft, DiscoveryDocument.write(found));
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
      forgetOldest(folder);
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "The index " + file + " can't be written", e);
    }
  }

  /** Each build of an app makes a file that nobody reads after the next one. */
  private static void forgetOldest(Path folder) throws IOException {
    Comparator<Path> age = Comparator.comparingLong(file -> file.toFile().lastModified());
    List<Path> oldest;
    try (Stream<Path> files = Files.list(folder)) {
      oldest = files.sorted(age.reversed()).skip(KEPT).toList();
    }
    for (Path file : oldest) {
      Files.deleteIfExists(file);
    }
  }

  /** The name of the app's file; empty when a part of the app has no digest. */
  private static Optional<String> digest(AppLayout layout) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      CodeSource host = FunctionIndex.class.getProtectionDomain().getCodeSource();
      Path code = Path.of(host.getLocation().toURI());
      if (Files.isRegularFile(code)) {
        // Another host may find other things. Its directory is long: a digest would take a while.
        CRC32 checksum = new CRC32();
        checksum.update(JarDigest.directory(code));
        digest.update(Long.toHexString(checksum.getValue()).getBytes(StandardCharsets.UTF_8));
      }
      for (Path jar : layout.classPath()) {
        if (!Files.isRegularFile(jar)) {
          return Optional.empty();
        }
        name(layout, jar, digest);
        digest.update(JarDigest.directory(jar));
      }
      for (Path file : layout.functionJsons()) {
        name(layout, file, digest);
        digest.update(Files.readAllBytes(file));
      }
      return Optional.of(HexFormat.of().formatHex(digest.digest()) + ".json");
    } catch (NoSuchAlgorithmException | URISyntaxException | IOException e) {
      LOG.log(Level.DEBUG, "The app has no digest", e);
      return Optional.empty();
    }
  }

  private static void name(AppLayout layout, Path file, MessageDigest digest) {
    String name = layout.root().relativize(file) + "\n";
    digest.update(name.getBytes(StandardCharsets.UTF_8));
  }
}
