package dev.roost.host.blackbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * An app's folder, to which a test adds what it needs.
 *
 * @param path where it lies
 */
record AppFolder(Path path) {

  /** A copy of one of the apps that are built beside the host, libraries included. */
  static AppFolder copyOf(String app, Path folder) throws IOException {
    Path source = HostProcess.root().resolve("host/apps/" + app + "/target/app");
    try (Stream<Path> files = Files.walk(source)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = folder.resolve(source.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
    return new AppFolder(folder);
  }

  /** Writes a file of it. */
  AppFolder file(String name, String text) throws IOException {
    Path file = path.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    return this;
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
