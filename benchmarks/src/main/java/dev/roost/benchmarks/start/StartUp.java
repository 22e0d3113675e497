package dev.roost.benchmarks.start;

import dev.roost.benchmarks.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * From exec to the first HTTP 200 of a function: Roost, bare Netty and java-function-invoker, each
 * under the same treatments, in turn in one run. Arguments: the repository's root, {@code
 * functions} for apps of many functions instead, {@code --short}.
 */
public final class StartUp {
  private static final int ROUNDS = 9;
  private static final int ROUNDS_SHORT = 3;
  private static final int IDLE_SECONDS = 10;
  private static final int IDLE_SECONDS_SHORT = 4;

  private StartUp() {}

  /** Measures and prints tables. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path root = Path.of(args[0]).toAbsolutePath().normalize();
    List<String> rest = List.of(args).subList(1, args.length);
    boolean brief = rest.contains("--short");
    Path work = Files.createTempDirectory("roost-startup");
    try {
      if (rest.contains("functions")) {
        ManyFunctions.measure(root, work, brief ? ROUNDS_SHORT : ROUNDS);
      } else {
        compare(
            rows(root, work),
            brief ? ROUNDS_SHORT : ROUNDS,
            brief ? IDLE_SECONDS_SHORT : IDLE_SECONDS);
        distribution(root.resolve("host/target/roost"));
      }
    } finally {
      delete(work);
    }
  }

  /** Roost with the distribution's cache and with one of its own, as the others have, first. */
  private static List<Row> rows(Path root, Path work) throws IOException {
    Program netty = Program.netty(root, work);
    Program invoker = Program.invoker(root, work);
    Program roost = Program.hello(root, work);
    Program trained = roost.trained(work);
    for (Program program : List.of(netty, trained)) {
      if (!Row.train(program)) {
        throw new IOException("the JVM made no cache for " + program.name());
      }
    }
    List<Row> rows = new ArrayList<>();
    for (Treatment treatment : Treatment.values()) {
      rows.add(new Row(roost, treatment));
    }
    rows.add(new Row(trained, Treatment.AOT));
    rows.add(new Row(trained, Treatment.AOT_C1));
    for (Treatment treatment : Treatment.values()) {
      rows.add(new Row(netty, treatment));
    }
    rows.add(new Row(invoker, Treatment.PLAIN));
    if (Row.train(invoker)) {
      rows.add(new Row(invoker, Treatment.AOT));
    } else {
      System.out.println("The JVM made no cache for " + invoker.name() + ".");
    }
    return rows;
  }

  private static void compare(List<Row> rows, int rounds, int idleSeconds)
      throws IOException, InterruptedException {
    for (Row row : rows) {
      row.measure(0);
      row.forget();
    }
    List<Row> order = new ArrayList<>(rows);
    for (int round = 0; round < rounds; round++) {
      Collections.rotate(order, 1);
      for (Row row : order) {
        row.measure(idleSeconds);
      }
    }
    System.out.printf(
        "%s, medians of %d:%n%n"
            + "| | first 200 after ms | least to most | CPU s until then | resident MiB, idle for"
            + " %d s |%n|---|---|---|---|---|%n",
        Machine.line(), rounds, idleSeconds);
    rows.forEach(row -> System.out.println(row.line()));
    System.out.println();
    for (Row row : rows) {
      rows.stream()
          .filter(row::isComparedWith)
          .forEach(other -> System.out.println(row.against(other)));
    }
  }

  private static void distribution(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> jars = files.filter(file -> file.toString().endsWith(".jar")).toList();
      long bytes = 0;
      for (Path jar : jars) {
        bytes += Files.size(jar);
      }
      System.out.printf(
          "- distribution: %d jars, %.1f MB, AOT cache %.1f MB%n",
          jars.size(), bytes / 1e6, Files.size(folder.resolve("lib/roost.aot")) / 1e6);
    }
  }

  private static void delete(Path folder) throws IOException {
    Path[] all;
    try (Stream<Path> files = Files.walk(folder)) {
      all = files.toArray(Path[]::new);
    }
    for (Path file : Arrays.asList(all).reversed()) {
      Files.delete(file);
    }
  }
}
