package dev.roost.benchmarks.start;

import dev.roost.benchmarks.AppJar;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A server with the function to ask for.
 *
 * @param name for the table
 * @param path of the function
 * @param cache where its AOT cache lies, or will when it is trained
 * @param directory its working directory
 * @param command behind the JVM's options, with {@link #PORT} where the port belongs
 * @param environment all that it gets beside {@code PATH} and {@code HOME}
 */
record Program(
    String name,
    String path,
    Path cache,
    Path directory,
    List<String> command,
    Map<String, String> environment) {

  /** Stands for the port. */
  static final String PORT = "{port}";

  private static final String CLASSES = "dev/roost/benchmarks/http/";

  /**
   * The packaged host on an app, in Production. It starts in the app's folder, as a container does:
   * from elsewhere it would replace itself by a JVM that does.
   *
   * @param index where found functions are remembered
   */
  static Program roost(Path root, Path app, String path, Path index, Map<String, String> settings) {
    Path lib = root.resolve("host/target/roost/lib");
    List<String> command =
        List.of(
            "-jar",
            lib.resolve("roost-host.jar").toString(),
            "start",
            app.toString(),
            "--port",
            PORT);
    Map<String, String> environment = new TreeMap<>(settings);
    environment.put("ROOST_INDEX", index.toString());
    return new Program(
        "Roost", path, lib.resolve("roost.aot"), app.getParent(), command, environment);
  }

  /** The same with a cache of its own, which one start of it trains. */
  Program trained(Path work) {
    return new Program(
        name + ", trained on the app",
        path,
        work.resolve("own.aot"),
        directory,
        command,
        environment);
  }

  boolean isRoost() {
    return name.startsWith("Roost");
  }

  /** Roost with the one function of the HTTP benchmark. */
  static Program hello(Path root, Path work) throws IOException {
    Path app = Files.createDirectories(work.resolve("app")).resolve("hello.jar");
    AppJar.write(app, "dev/roost/benchmarks/start/app/", "Hello");
    return roost(root, app, "/api/hello", work.resolve("index"), Map.of());
  }

  /**
   * Bare Netty that hands each request to a virtual thread; jars alone, for no cache takes more.
   */
  static Program netty(Path root, Path work) throws IOException {
    Path jar = work.resolve("netty-server.jar");
    AppJar.write(
        jar,
        CLASSES,
        "BareNetty",
        "BareNetty$1",
        "BareNetty$Answers",
        "app/Order",
        "app/Order$Line");
    return rival(
        "bare Netty",
        work,
        "/hello",
        classPath(jar, root.resolve("benchmarks/target/rivals"), "netty-.*|gson-.*"),
        "dev.roost.benchmarks.http.BareNetty",
        PORT,
        "virtual");
  }

  /** Google's host with the same function. */
  static Program invoker(Path root, Path work) throws IOException {
    Path jar = work.resolve("invoker-function.jar");
    AppJar.write(jar, CLASSES, "app/InvokerFunction", "app/Order", "app/Order$Line");
    return rival(
        "java-function-invoker",
        work,
        "/hello",
        classPath(
            jar, root.resolve("benchmarks/target/rivals"), "java-function-invoker-.*|gson-.*"),
        "com.google.cloud.functions.invoker.runner.Invoker",
        "--target",
        "dev.roost.benchmarks.http.app.InvokerFunction",
        "--port",
        PORT);
  }

  private static Program rival(
      String name, Path work, String path, String classPath, String... command) {
    List<String> all = new ArrayList<>(List.of("-cp", classPath));
    all.addAll(List.of(command));
    Path cache = work.resolve(name.replace(' ', '-') + ".aot");
    return new Program(name, path, cache, work, all, Map.of());
  }

  private static String classPath(Path jar, Path folder, String names) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return Stream.concat(
              Stream.of(jar),
              files
                  .filter(file -> file.getFileName().toString().matches("(" + names + ")\\.jar"))
                  .sorted())
          .map(Path::toString)
          .collect(Collectors.joining(File.pathSeparator));
    }
  }
}
