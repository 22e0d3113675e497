package dev.roost.host.app;

import dev.roost.spi.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Tells which of the accepted shapes a path has: a jar (with its lib folder), a folder of jars, a
 * folder of classes, or the folder that azure-functions-maven-plugin makes.
 *
 * <p>The rule for libraries is that of the official Java worker: the jars directly in the first
 * folder beside the app's jar whose name ends with {@code lib}.
 */
final class LayoutFinder {
  private static final String HOST_JSON = "host.json";
  private static final String LOCAL_SETTINGS = "local.settings.json";
  private static final String FUNCTION_JSON = "function.json";

  private final Consumer<Problem> problems;

  LayoutFinder(Consumer<Problem> problems) {
    this.problems = problems;
  }

  Optional<AppLayout> find(Path path) {
    try {
      if (Files.isDirectory(path)) {
        return folder(path);
      }
      if (!Files.exists(path)) {
        return refuse(
            path, "does not exist", "Give a jar, a folder of jars or classes, or an app's folder.");
      }
      return file(path);
    } catch (IOException e) {
      return refuse(path, "can't be read (" + e + ")", "Check the rights on it.");
    } catch (UncheckedIOException e) {
      return refuse(path, "can't be read (" + e.getCause() + ")", "Check the rights on it.");
    }
  }

  private Optional<AppLayout> file(Path path) throws IOException {
    if (!isJar(path)) {
      return refuse(
          path,
          "is neither a jar nor a folder",
          "Give a jar, a folder of jars or classes, or an app's folder.");
    }
    Path root = path.getParent();
    if (root == null) {
      return refuse(path, "lies in no folder", "Put the jar into a folder.");
    }
    if (Files.isRegularFile(root.resolve(HOST_JSON))) {
      return folder(root);
    }
    List<Path> jars = readable(List.of(path));
    return jars.isEmpty() ? Optional.empty() : Optional.of(layout(root, jars, lib(root)));
  }

  private Optional<AppLayout> folder(Path root) throws IOException {
    List<Path> jars = list(root, LayoutFinder::isJar);
    if (!jars.isEmpty()) {
      List<Path> readable = readable(jars);
      return readable.isEmpty() ? Optional.empty() : Optional.of(layout(root, readable, lib(root)));
    }
    if (!holdsClasses(root)) {
      return refuse(root, "holds neither jars nor classes", remedyFor(root));
    }
    List<Path> lib = lib(root);
    Path parent = root.getParent();
    return Optional.of(
        layout(root, List.of(root), lib.isEmpty() && parent != null ? lib(parent) : lib));
  }

  private AppLayout layout(Path root, List<Path> jars, List<Path> lib) throws IOException {
    List<Path> functionJsons =
        list(root, Files::isDirectory).stream()
            .map(folder -> folder.resolve(FUNCTION_JSON))
            .filter(Files::isRegularFile)
            .toList();
    return new AppLayout(
        root,
        jars,
        readable(lib),
        Optional.of(root.resolve(HOST_JSON)).filter(Files::isRegularFile),
        Optional.of(root.resolve(LOCAL_SETTINGS)).filter(Files::isRegularFile),
        functionJsons);
  }

  /** The jars that open; each other one is reported and left out. */
  private List<Path> readable(List<Path> jars) {
    return jars.stream().filter(this::opens).toList();
  }

  private boolean opens(Path jar) {
    if (Files.isDirectory(jar)) {
      return true;
    }
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      return zip.size() >= 0;
    } catch (ZipException e) {
      refuse(jar, "is not a readable jar (" + e.getMessage() + ")", "Build or copy it again.");
    } catch (IOException e) {
      refuse(jar, "can't be read (" + e + ")", "Check the rights on it.");
    }
    return false;
  }

  private Optional<AppLayout> refuse(Path path, String found, String remedy) {
    problems.accept(new Problem(path.toString(), "", found, remedy));
    return Optional.empty();
  }

  private static List<Path> lib(Path folder) throws IOException {
    List<Path> libs =
        list(
            folder,
            entry -> Files.isDirectory(entry) && entry.getFileName().toString().endsWith("lib"));
    return libs.isEmpty() ? List.of() : list(libs.getFirst(), LayoutFinder::isJar);
  }

  private static boolean holdsClasses(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root, FileVisitOption.FOLLOW_LINKS)) {
      return files.anyMatch(file -> file.toString().endsWith(".class"));
    }
  }

  /** A project's folder is easily given instead of what its build makes: name the right one. */
  private static String remedyFor(Path root) throws IOException {
    Path packed = root.resolve("target").resolve("azure-functions");
    List<Path> apps =
        Files.isDirectory(packed) ? list(packed, Files::isDirectory) : List.<Path>of();
    return apps.isEmpty()
        ? "Build the app first, then give its jar or its folder."
        : "Give the packed app instead: " + apps.getFirst() + ".";
  }

  /** The entries of a folder that match, by name, so that every machine sees one order. */
  private static List<Path> list(Path folder, Predicate<Path> wanted) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.filter(wanted).sorted().toList();
    }
  }

  private static boolean isJar(Path path) {
    return Files.isRegularFile(path)
        && path.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".jar");
  }
}
