package dev.roost.benchmarks.start;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** A jar of so many functions: HTTP and queue in turn, ten in a class, the first one HTTP. */
final class GeneratedApp {
  private static final int IN_CLASS = 10;
  private static final String PACKAGE = "generated";

  private static final String HTTP =
      """
        @com.microsoft.azure.functions.annotation.FunctionName("Function%1$d")
        public String function%1$d(
            @com.microsoft.azure.functions.annotation.HttpTrigger(
                    name = "request",
                    methods = com.microsoft.azure.functions.HttpMethod.GET,
                    route = "function%1$d",
                    authLevel = com.microsoft.azure.functions.annotation.AuthorizationLevel.ANONYMOUS)
                String request) {
          return "Hello from %1$d";
        }
      """;

  private static final String QUEUE =
      """
        @com.microsoft.azure.functions.annotation.FunctionName("Function%1$d")
        public void function%1$d(
            @com.microsoft.azure.functions.annotation.QueueTrigger(
                    name = "message", queueName = "queue%1$d", connection = "AzureWebJobsStorage")
                String message) {}
      """;

  private GeneratedApp() {}

  /** Writes and compiles them below a new folder; returns the jar. */
  static Path write(Path work, int functions) throws IOException {
    Path app = Files.createDirectories(work.resolve("app" + functions));
    Path sources = Files.createDirectories(work.resolve("sources" + functions));
    Path classes = Files.createDirectories(work.resolve("classes" + functions));
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "-proc:none",
                "-parameters",
                "-d",
                classes.toString(),
                "-cp",
                System.getProperty("java.class.path")));
    for (int first = 0; first < functions; first += IN_CLASS) {
      Path source = sources.resolve("Functions" + first + ".java");
      Files.writeString(source, source(first, Math.min(functions, first + IN_CLASS)));
      arguments.add(source.toString());
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    if (compiler == null) {
      throw new IOException("this Java has no compiler; use a JDK");
    }
    if (compiler.run(null, null, null, arguments.toArray(String[]::new)) != 0) {
      throw new IOException("the generated functions do not compile");
    }
    Path jar = app.resolve("generated.jar");
    pack(classes, jar);
    return jar;
  }

  private static String source(int from, int to) {
    StringBuilder source = new StringBuilder("package " + PACKAGE + ";\n");
    source.append("public final class Functions").append(from).append(" {\n");
    for (int i = from; i < to; i++) {
      source.append((i % 2 == 0 ? HTTP : QUEUE).formatted(i));
    }
    return source.append("}\n").toString();
  }

  private static void pack(Path classes, Path jar) throws IOException {
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file);
        Stream<Path> all = Files.list(classes.resolve(PACKAGE))) {
      for (Path one : all.sorted().toList()) {
        out.putNextEntry(new JarEntry(PACKAGE + "/" + one.getFileName()));
        Files.copy(one, out);
        out.closeEntry();
      }
    }
  }
}
