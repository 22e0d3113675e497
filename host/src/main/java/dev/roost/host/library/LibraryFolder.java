package dev.roost.host.library;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder of jars beside the host's jar, off the class path, so that a host that does not ask for
 * them never looks into them.
 *
 * @param path where it is, or would be
 */
public record LibraryFolder(Path path) {

  /** The folder of that name in the distribution's {@code lib}. */
  public static LibraryFolder named(String name) {
    CodeSource source = LibraryFolder.class.getProtectionDomain().getCodeSource();
    try {
      return new LibraryFolder(Path.of(source.getLocation().toURI()).resolveSibling(name));
    } catch (URISyntaxException e) {
      throw new IllegalStateException("The host's own place is no URI", e);
    }
  }

  /** A loader of its jars, in the order of their names, behind the host's own. */
  public URLClassLoader loader() throws IOException {
    List<URL> jars = new ArrayList<>();
    if (Files.isDirectory(path)) {
      try (Stream<Path> files = Files.list(path)) {
        for (Path file : files.sorted().toList()) {
          jars.add(file.toUri().toURL());
        }
      }
    }
    return new URLClassLoader(
        path.getFileName().toString(),
        jars.toArray(URL[]::new),
        LibraryFolder.class.getClassLoader());
  }
}
