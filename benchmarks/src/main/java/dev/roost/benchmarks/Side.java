package dev.roost.benchmarks;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A way to drain a queue, which runs as a process of its own with the same JVM options as the
 * others.
 *
 * @param name for the table
 * @param arguments behind the JVM's options
 * @param environment beside the account
 */
record Side(String name, List<String> arguments, Map<String, String> environment) {
  private static final List<String> JVM = List.of("-Xmx256m", "-XX:+UseG1GC");

  /** The queue that all sides drain. */
  static final String QUEUE = "benchmark";

  /** The packaged host with an empty function. */
  static Side roost(Path root, Map<String, String> settings) {
    return host(root, root.resolve("benchmarks/target/classes"), "Nothing", settings);
  }

  /**
   * The packaged host on an app.
   *
   * @param functions those to run; empty for all
   */
  static Side host(Path root, Path app, String functions, Map<String, String> settings) {
    Map<String, String> environment =
        new TreeMap<>(Map.of("AzureFunctionsWebHost__hostid", "benchmark"));
    environment.putAll(settings);
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "-jar",
                root.resolve("host/target/roost/lib/roost-host.jar").toString(),
                "start",
                app.toString(),
                "--port",
                "0"));
    if (!functions.isEmpty()) {
      arguments.addAll(List.of("--functions", functions));
    }
    return new Side("Roost", arguments, environment);
  }

  /** The loop with so many deletes at a time, on the libraries of the packaged host. */
  static Side loop(Path root, int deletes) {
    String path =
        root.resolve("benchmarks/target/classes")
            + File.pathSeparator
            + root.resolve("host/target/roost/lib")
            + "/*";
    return new Side(
        "loop, " + deletes + " deletes at a time",
        List.of("-cp", path, HandWrittenLoop.class.getName(), QUEUE, Integer.toString(deletes)),
        Map.of());
  }

  /** Starts it on an account. Its output goes to {@code output}. */
  Process start(String connection, ProcessBuilder.Redirect output) throws IOException {
    List<String> command =
        new ArrayList<>(List.of(ProcessHandle.current().info().command().orElse("java")));
    command.addAll(JVM);
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(output);
    builder.environment().putAll(environment);
    builder.environment().put("AzureWebJobsStorage", connection);
    return builder.start();
  }

  /** The CPU time of a process until now. */
  static Duration cpu(Process process) {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }
}
