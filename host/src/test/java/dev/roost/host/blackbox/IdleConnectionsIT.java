package dev.roost.host.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.host.app.TestJar;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** 10,000 connections that do nothing, or stop in the middle of a request, cost little. */
class IdleConnectionsIT {
  private static final int CONNECTIONS = 10_000;
  private static final long MOST_KILOBYTES_EACH = 16;

  @TempDir private Path folder;

  @Test
  void answersBetweenTenThousandIdleConnections() throws IOException, InterruptedException {
    Path jar =
        TestJar.functions(
                """
                @FunctionName("Open")
                public String open(@HttpTrigger(name = "r", authLevel = AuthorizationLevel.ANONYMOUS)
                    HttpRequestMessage<String> r) { return "open"; }
                """)
            .jar(folder.resolve("idle.jar"));
    try (HostProcess host = HostProcess.command("start", jar.toString(), "--port", "0").started()) {
      answers(host, 20);
      long before = resident(host);
      Process clients = clients(host.port());
      try (BufferedReader said = clients.inputReader(StandardCharsets.UTF_8)) {
        assertThat(said.readLine()).isEqualTo("open " + CONNECTIONS);
        answers(host, 50);
        long with = resident(host);
        System.out.printf(
            "%d idle connections: resident %d MiB, %d MiB before%n",
            CONNECTIONS, with / 1024, before / 1024);
        assertThat(with - before).isLessThan(CONNECTIONS * MOST_KILOBYTES_EACH);
      } finally {
        clients.destroyForcibly().waitFor();
      }
      answers(host, 20);
      assertThat(host.terminate()).isZero();
    }
  }

  private static void answers(HostProcess host, int times)
      throws IOException, InterruptedException {
    for (int i = 0; i < times; i++) {
      assertThat(host.get("/api/Open").body()).isEqualTo("open");
    }
  }

  private static Process clients(int port) throws IOException {
    return new ProcessBuilder(
            System.getProperty("java.home") + "/bin/java",
            "-Xmx128m",
            "-cp",
            Path.of(IdleClients.class.getProtectionDomain().getCodeSource().getLocation().getPath())
                .toString(),
            IdleClients.class.getName(),
            Integer.toString(port),
            Integer.toString(CONNECTIONS))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static long resident(HostProcess host) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + host.pid() + "/status")).stream()
        .filter(line -> line.startsWith("VmRSS"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }
}
