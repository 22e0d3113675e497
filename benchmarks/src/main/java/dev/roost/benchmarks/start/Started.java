package dev.roost.benchmarks.start;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A server's process from exec to its first answer, and what the operating system counts of it. */
final class Started implements AutoCloseable {
  private static final String HEAP = "-Xmx256m";
  private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final int ANSWER_LIMIT_MILLIS = 30_000;

  /** The kernel's unit of CPU time. */
  private static final double TICKS = 100;

  private final Process process;
  private final long millis;
  private final double cpuSeconds;

  private Started(Process process, long begin, int port, String path) throws IOException {
    this.process = process;
    try {
      awaitAnswer(begin, port, path);
    } catch (IOException e) {
      process.destroyForcibly();
      throw e;
    }
    this.millis = (System.nanoTime() - begin) / 1_000_000;
    this.cpuSeconds = cpuNow();
  }

  /** Starts it and waits for its first 200. */
  static Started of(Program program, List<String> jvmOptions) throws IOException {
    int port = freePort();
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + "/bin/java");
    command.add(HEAP);
    command.addAll(jvmOptions);
    program
        .command()
        .forEach(word -> command.add(word.equals(Program.PORT) ? Integer.toString(port) : word));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(program.directory().toFile())
            .redirectErrorStream(true)
            .redirectOutput(program.directory().resolve("output").toFile());
    Map<String, String> environment = builder.environment();
    environment.keySet().retainAll(List.of("PATH"));
    environment.put("HOME", program.directory().toString());
    environment.put("LC_ALL", "C.UTF-8");
    environment.putAll(program.environment());
    long begin = System.nanoTime();
    return new Started(builder.start(), begin, port, program.path());
  }

  /** Until the first answer. */
  long millis() {
    return millis;
  }

  /** User and system time until the first answer. */
  double cpuSeconds() {
    return cpuSeconds;
  }

  /** User and system time until now. */
  double cpuNow() throws IOException {
    String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
    String[] words = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(words[11]) + Long.parseLong(words[12])) / TICKS;
  }

  double residentMebibytes() throws IOException {
    return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
            .filter(line -> line.startsWith("VmRSS"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
            .findFirst()
            .orElse(0)
        / 1024.0;
  }

  /** Ends it as a platform does, which also lets a JVM write the cache that it trained. */
  @Override
  public void close() {
    process.toHandle().destroy();
    process.onExit().join();
  }

  /**
   * Over plain sockets, a millisecond apart: what measures shares the processors with what is
   * measured.
   */
  private void awaitAnswer(long begin, int port, String path) throws IOException {
    byte[] request =
        ("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII);
    while (!answers(port, request)) {
      if (!process.isAlive()) {
        throw new IOException("the process ended with " + process.exitValue());
      }
      if (System.nanoTime() - begin > LIMIT_NANOS) {
        throw new IOException("no 200 from " + path + " in a minute");
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private static boolean answers(int port, byte[] request) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(ANSWER_LIMIT_MILLIS);
      socket.getOutputStream().write(request);
      byte[] status = socket.getInputStream().readNBytes("HTTP/1.1 200".length());
      return new String(status, StandardCharsets.US_ASCII).equals("HTTP/1.1 200");
    } catch (IOException _) {
      return false; // not up yet
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
