import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/**
 * Links the Java runtime of an image: {@code java JavaRuntime.java TARGET DISTRIBUTION APP}.
 *
 * <p>The environment variable MODULES names its modules; {@code needed} stands for those that jdeps
 * finds in the distribution and the app, without what the host never comes to, and with those that
 * both look up by name at run time.
 */
final class JavaRuntime {
  /** Looked up by name, so jdeps can't see them: TLS, DNS, zip and flight recorder. */
  private static final List<String> BY_NAME =
      List.of(
          "java.management",
          "java.naming",
          "jdk.crypto.ec",
          "jdk.jfr",
          "jdk.management",
          "jdk.naming.dns",
          "jdk.net",
          "jdk.unsupported",
          "jdk.zipfs");

  /** Libraries of the host name windows and pictures in code that a host never comes to. */
  private static final List<String> NOT_USED = List.of("java.desktop");

  private JavaRuntime() {}

  public static void main(String[] args) throws IOException {
    String modules = System.getenv().getOrDefault("MODULES", "needed");
    if (modules.equals("needed")) {
      Set<String> all = new TreeSet<>(needed(Path.of(args[1])));
      all.removeAll(NOT_USED);
      all.addAll(needed(Path.of(args[2])));
      all.addAll(BY_NAME);
      modules = String.join(",", all);
    }
    System.out.println("modules: " + modules);
    run(
        "jlink",
        List.of(
            "--add-modules",
            modules,
            "--no-header-files",
            "--no-man-pages",
            "--strip-java-debug-attributes",
            "--output",
            args[0]));
  }

  private static Set<String> needed(Path folder) throws IOException {
    Path plain = Files.createTempDirectory("plain");
    List<String> jars = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path jar : files.filter(file -> file.toString().endsWith(".jar")).toList()) {
        Path copy = Files.copy(jar, plain.resolve(jars.size() + "-" + jar.getFileName()));
        dissolve(copy);
        jars.add(copy.toString());
      }
    }
    List<String> arguments =
        new ArrayList<>(List.of("--ignore-missing-deps", "--print-module-deps", "-q"));
    arguments.addAll(List.of("--multi-release", "25"));
    arguments.addAll(List.of("--class-path", String.join(File.pathSeparator, jars)));
    arguments.addAll(jars);
    return Set.of(run("jdeps", arguments).lines().toList().getLast().strip().split(","));
  }

  /** On the class path nobody asks for a jar's module, but jdeps wants all that it names. */
  private static void dissolve(Path jar) throws IOException {
    try (FileSystem zip = FileSystems.newFileSystem(jar)) {
      List<Path> modules;
      try (Stream<Path> files = Files.walk(zip.getPath("/"))) {
        modules = files.filter(file -> file.endsWith("module-info.class")).toList();
      }
      for (Path module : modules) {
        Files.delete(module);
      }
    }
  }

  private static String run(String tool, List<String> arguments) {
    StringWriter output = new StringWriter();
    PrintWriter writer = new PrintWriter(output);
    int code =
        ToolProvider.findFirst(tool)
            .orElseThrow()
            .run(writer, writer, arguments.toArray(String[]::new));
    if (code != 0) {
      System.err.println(output);
      System.exit(code);
    }
    return output.toString();
  }
}
