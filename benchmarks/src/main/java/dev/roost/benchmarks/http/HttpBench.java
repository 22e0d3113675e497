package dev.roost.benchmarks.http;

import dev.roost.benchmarks.AppJar;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Roost, bare Netty and java-function-invoker with the same function and the same load, in turn in
 * one run; each server and the client are processes of their own. Every round begins with another
 * server. Arguments: the repository's root, {@code --short}, {@code servers=roost,netty-virtual}
 * for some of them, {@code connections=1} for some of the cases, {@code --memory} to see over
 * minutes what each holds.
 */
public final class HttpBench {
  private static final List<String> FLAGS = List.of("-Xmx256m");

  private static final int MINUTES = 5;
  private static final Pattern USED = Pattern.compile("used (\\d+)K");

  /** The host as in Production, but told to be as silent as the others. */
  private static final String LEVEL = "AzureFunctionsJobHost__logging__logLevel__default";

  private static final List<Case> CASES =
      List.of(
          new Case("hello, 1 connection", "hello", 0, 1),
          new Case("hello, 64 connections", "hello", 0, 64),
          new Case("hello, 512 connections", "hello", 0, 512),
          new Case("echo of 1 KiB JSON, 1 connection", "echo", 1024, 1),
          new Case("echo of 1 KiB JSON, 64 connections", "echo", 1024, 64),
          new Case("echo of 1 KiB JSON, 512 connections", "echo", 1024, 512));

  private HttpBench() {}

  private record Case(String name, String path, int body, int connections) {}

  private record Measured(double perSecond, double cpu, long p50, long p99, long p999) {}

  /** Measures and prints a table for each case. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path root = Path.of(args[0]).toAbsolutePath().normalize();
    List<String> rest = List.of(args).subList(1, args.length);
    boolean brief = rest.contains("--short");
    List<Case> cases = cases(rest);
    Map<String, Server> servers = servers(root, rest);
    try {
      for (Server server : servers.values()) {
        server.awaitAnswer();
        warm(server, brief ? "5" : "10");
      }
      if (rest.contains("--memory")) {
        remember(servers, brief ? 1 : MINUTES);
        return;
      }
      for (Case one : cases) {
        measure(one, servers, brief ? "3" : "10", brief ? 3 : 5);
      }
      servers.forEach((name, server) ->
          System.out.printf("- %s: resident %d MiB%n", name, server.residentKilobytes() / 1024));
    } finally {
      servers.values().forEach(Server::close);
    }
  }

  private static List<Case> cases(List<String> arguments) {
    return CASES.stream()
        .filter(one ->
            arguments.stream()
                .filter(argument -> argument.startsWith("connections="))
                .allMatch(argument -> argument.equals("connections=" + one.connections())))
        .toList();
  }

  /**
   * Both loads in turn; the resident memory after each minute, and what a full collection leaves.
   */
  private static void remember(Map<String, Server> servers, int minutes)
      throws IOException, InterruptedException {
    System.out.printf("| server | minute | resident MiB | live heap MiB |%n|---|---|---|---|%n");
    for (Map.Entry<String, Server> server : servers.entrySet()) {
      for (int minute = 0; minute <= minutes; minute++) {
        if (minute > 0) {
          load(server.getValue(), CASES.get(1), "30");
          load(server.getValue(), CASES.get(4), "30");
        }
        System.out.printf(
            "| %s | %d | %d | %.1f |%n",
            server.getKey(),
            minute,
            server.getValue().residentKilobytes() / 1024,
            server.getValue().liveMegabytes());
      }
    }
  }

  private static void warm(Server server, String seconds) throws IOException, InterruptedException {
    for (Case one : CASES) {
      load(server, one, seconds);
    }
  }

  private static void measure(Case one, Map<String, Server> servers, String seconds, int rounds)
      throws IOException, InterruptedException {
    Map<String, List<Measured>> results = new LinkedHashMap<>();
    List<Map.Entry<String, Server>> order = new ArrayList<>(servers.entrySet());
    servers.keySet().forEach(name -> results.put(name, new ArrayList<>()));
    for (int round = 0; round < rounds; round++) {
      Collections.rotate(order, 1);
      for (Map.Entry<String, Server> server : order) {
        results.get(server.getKey()).add(load(server.getValue(), one, seconds));
      }
    }
    System.out.printf(
        "%n| %s | requests/s | CPU ms per 1,000 | p50 us | p99 us | p99.9 us"
            + " |%n|---|---|---|---|---|---|%n",
        one.name());
    results.forEach(HttpBench::print);
    List<Measured> rival = results.get("netty-virtual");
    if (rival != null) {
      results.forEach((name, measured) ->
          System.out.printf(
              "- %s against netty-virtual: %.2f of the throughput, %.2f of the CPU%n",
              name,
              median(measured, Measured::perSecond) / median(rival, Measured::perSecond),
              median(measured, Measured::cpu) / median(rival, Measured::cpu)));
    }
  }

  private static double median(List<Measured> measured, ToDoubleFunction<Measured> figure) {
    double[] sorted = measured.stream().mapToDouble(figure).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  private static void print(String server, List<Measured> measured) {
    System.out.printf(
        "| %s | %.0f | %.1f | %.0f | %.0f | %.0f |%n",
        server,
        median(measured, Measured::perSecond),
        median(measured, Measured::cpu),
        median(measured, Measured::p50),
        median(measured, Measured::p99),
        median(measured, Measured::p999));
  }

  private static Map<String, Server> servers(Path root, List<String> arguments) throws IOException {
    Path jar = appJar();
    String classPath = System.getProperty("java.class.path");
    Map<String, Server> servers = new LinkedHashMap<>();
    int port = freePort();
    servers.put(
        "roost",
        new Server(
            port,
            "/api/",
            "-jar",
            root.resolve("host/target/roost/lib/roost-host.jar").toString(),
            "start",
            jar.toString(),
            "--port",
            Integer.toString(port)));
    port = freePort();
    servers.put(
        "netty-virtual",
        new Server(port, "/", "-cp", classPath, BareNetty.class.getName(), "" + port, "virtual"));
    port = freePort();
    servers.put(
        "netty-loop",
        new Server(port, "/", "-cp", classPath, BareNetty.class.getName(), "" + port, "loop"));
    port = freePort();
    servers.put(
        "invoker",
        new Server(
            port,
            "/",
            "-cp",
            classPath,
            "com.google.cloud.functions.invoker.runner.Invoker",
            "--target",
            "dev.roost.benchmarks.http.app.InvokerFunction",
            "--port",
            "" + port));
    for (String argument : arguments) {
      if (argument.startsWith("servers=")) {
        keep(servers, List.of(argument.substring("servers=".length()).split(",", -1)));
      }
    }
    return servers;
  }

  private static void keep(Map<String, Server> servers, List<String> names) {
    servers
        .entrySet()
        .removeIf(server -> {
          boolean left = names.contains(server.getKey());
          if (!left) {
            server.getValue().close();
          }
          return !left;
        });
  }

  /** The function's classes as a user's jar. */
  private static Path appJar() throws IOException {
    Path jar = Files.createTempFile("roost-benchmark", ".jar");
    jar.toFile().deleteOnExit();
    AppJar.write(jar, "dev/roost/benchmarks/http/app/", "Functions", "Order", "Order$Line");
    return jar;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static Measured load(Server server, Case one, String seconds)
      throws IOException, InterruptedException {
    double before = server.cpuSeconds();
    Process client =
        new ProcessBuilder(
                java(),
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                Load.class.getName(),
                "" + server.port,
                server.prefix + one.path(),
                "" + one.body(),
                "" + one.connections(),
                seconds)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String line = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (client.waitFor() != 0) {
      throw new IOException("the client failed against " + server.prefix + one.path());
    }
    String[] words = line.strip().split(" ", -1);
    double requests = Double.parseDouble(words[0]);
    return new Measured(
        requests / Double.parseDouble(seconds),
        (server.cpuSeconds() - before) * 1e6 / requests,
        Long.parseLong(words[1]),
        Long.parseLong(words[2]),
        Long.parseLong(words[3]));
  }

  private static String java() {
    return System.getProperty("java.home") + "/bin/java";
  }

  /** A server as a process. */
  private static final class Server implements AutoCloseable {
    private final int port;
    private final String prefix;
    private final Process process;

    Server(int port, String prefix, String... arguments) throws IOException {
      this.port = port;
      this.prefix = prefix;
      List<String> command = new ArrayList<>(List.of(java()));
      command.addAll(FLAGS);
      command.addAll(Arrays.asList(arguments));
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD);
      builder.environment().put(LEVEL, "Warning");
      process = builder.start();
    }

    void awaitAnswer() throws IOException, InterruptedException {
      for (int i = 0; i < 600 && process.isAlive(); i++) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
          OutputStream out = socket.getOutputStream();
          out.write(
              ("GET " + prefix + "hello HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
          String answer =
              new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
          if (answer.equals("HTTP/1.1 200")) {
            return;
          }
        } catch (IOException _) {
          // not up yet
        }
        TimeUnit.MILLISECONDS.sleep(100);
      }
      throw new IOException("no answer at " + prefix + " of port " + port);
    }

    /** User and system time of the process. */
    double cpuSeconds() throws IOException {
      String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
      String[] words = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      return (Long.parseLong(words[11]) + Long.parseLong(words[12])) / 100.0;
    }

    long residentKilobytes() {
      try {
        return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
            .filter(line -> line.startsWith("VmRSS"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
            .findFirst()
            .orElse(0);
      } catch (IOException _) {
        return 0;
      }
    }

    /** What a full collection leaves. */
    double liveMegabytes() throws IOException, InterruptedException {
      jcmd("GC.run");
      Matcher used = USED.matcher(jcmd("GC.heap_info"));
      return used.find() ? Long.parseLong(used.group(1)) / 1024.0 : Double.NaN;
    }

    private String jcmd(String command) throws IOException, InterruptedException {
      Process jcmd =
          new ProcessBuilder(
                  System.getProperty("java.home") + "/bin/jcmd", "" + process.pid(), command)
              .redirectErrorStream(true)
              .start();
      String answer = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (jcmd.waitFor() != 0) {
        throw new IOException("jcmd " + command + ": " + answer);
      }
      return answer;
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }
}
