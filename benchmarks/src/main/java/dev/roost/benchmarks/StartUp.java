package dev.roost.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Time from exec to the first HTTP 200 of a function, and resident memory ten seconds later, of the
 * packaged host on the sample functions. Arguments: the repository's root, the number of runs or
 * {@code --short}.
 */
public final class StartUp {
  private static final int PORT = 7_179;
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private StartUp() {}

  private record Run(double seconds, long residentKilobytes) {}

  /** Measures, and prints medians and the size of the distribution. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path root = Path.of(args.length > 0 ? args[0] : ".").toAbsolutePath().normalize();
    int count = args.length > 1 ? (args[1].equals("--short") ? 3 : Integer.parseInt(args[1])) : 9;
    List<Run> runs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Run run = run(root);
      System.out.printf(
          "run %d: %.2f s, %d MiB%n", i + 1, run.seconds, run.residentKilobytes / 1024);
      runs.add(run);
    }
    System.out.printf(
        "median of %d: first 200 after %.2f s, resident %d MiB idle%n",
        count,
        runs.stream().mapToDouble(Run::seconds).sorted().skip(count / 2).findFirst().orElse(0),
        runs.stream()
                .mapToLong(Run::residentKilobytes)
                .sorted()
                .skip(count / 2)
                .findFirst()
                .orElse(0)
            / 1024);
    distribution(root.resolve("host/target/roost"));
  }

  private static Run run(Path root) throws IOException, InterruptedException {
    Path app = root.resolve("sample-functions/target/azure-functions/sample-functions");
    ProcessBuilder builder =
        new ProcessBuilder(
            System.getProperty("java.home") + "/bin/java",
            "-jar",
            root.resolve("host/target/roost/lib/roost-host.jar").toString(),
            "start",
            app.toString(),
            "--functions",
            "Greeting,Quote,OrderStatus",
            "--port",
            Integer.toString(PORT));
    builder.redirectErrorStream(true);
    long begin = System.nanoTime();
    Process process = builder.start();
    Thread drain = Thread.ofPlatform().daemon().start(() -> drain(process));
    try {
      while (!answers()) {
        if (!process.isAlive()) {
          throw new IOException("the host ended with " + process.exitValue());
        }
        TimeUnit.MILLISECONDS.sleep(5);
      }
      double seconds = (System.nanoTime() - begin) / 1e9;
      TimeUnit.SECONDS.sleep(10);
      return new Run(seconds, resident(process.pid()));
    } finally {
      process.toHandle().destroy();
      process.waitFor();
      drain.join();
    }
  }

  private static void drain(Process process) {
    try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
      reader.lines().forEach(line -> {});
    } catch (IOException e) {
      System.err.println("the output ended: " + e.getMessage());
    }
  }

  private static boolean answers() throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + PORT + "/api/greetings/Ada"))
            .build();
    try {
      return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException _) {
      return false;
    }
  }

  private static long resident(long pid) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
        .filter(line -> line.startsWith("VmRSS"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElse(0);
  }

  private static void distribution(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> jars = files.filter(file -> file.toString().endsWith(".jar")).toList();
      long bytes = 0;
      for (Path jar : jars) {
        bytes += Files.size(jar);
      }
      System.out.printf("distribution: %d jars, %.1f MB%n", jars.size(), bytes / 1e6);
    }
  }
}
