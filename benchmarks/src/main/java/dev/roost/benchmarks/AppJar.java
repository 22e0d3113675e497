package dev.roost.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** Classes of these benchmarks as a user's jar. */
public final class AppJar {
  private AppJar() {}

  /**
   * Writes them.
   *
   * @param folder where the classes lie, for example {@code dev/roost/benchmarks/app/}
   * @param names without folder and {@code .class}
   */
  public static void write(Path jar, String folder, String... names) throws IOException {
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      for (String name : names) {
        String entry = folder + name + ".class";
        out.putNextEntry(new JarEntry(entry));
        try (InputStream in = AppJar.class.getClassLoader().getResourceAsStream(entry)) {
          if (in == null) {
            throw new IOException("no class " + entry);
          }
          in.transferTo(out);
        }
        out.closeEntry();
      }
    }
  }
}
