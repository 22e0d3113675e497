package dev.roost.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder for the time of one build. */
record Scratch(Path path) implements AutoCloseable {

  static Scratch folder() throws IOException {
    return new Scratch(Files.createTempDirectory("roost-image"));
  }

  /** Told, not thrown: the image is built all the same. */
  @Override
  public void close() {
    try (Stream<Path> all = Files.walk(path)) {
      List<Path> inward = all.sorted(Comparator.reverseOrder()).toList();
      for (Path each : inward) {
        Files.deleteIfExists(each);
      }
    } catch (IOException | UncheckedIOException e) {
      System.getLogger("Host.Image").log(Level.WARNING, "{0} could not be deleted: {1}", path, e);
    }
  }
}
