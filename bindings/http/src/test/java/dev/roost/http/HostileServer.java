package dev.roost.http;

import dev.roost.spi.Access;
import dev.roost.spi.AccessLevel;
import dev.roost.spi.HttpEndpoint;
import dev.roost.spi.HttpResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * The server of the hostile requests in a process of its own, whose small heap bounds its memory:
 * the process ends when that is used up.
 */
final class HostileServer implements AutoCloseable {
  private final Process process;
  private final InetSocketAddress address;

  private HostileServer(Process process, InetSocketAddress address) {
    this.process = process;
    this.address = address;
  }

  static HostileServer launch() throws IOException {
    Process process =
        new ProcessBuilder(
                System.getProperty("java.home") + "/bin/java",
                "-Xmx64m",
                "-XX:MaxDirectMemorySize=64m",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                HostileServer.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      if (line.startsWith("port ")) {
        int port = Integer.parseInt(line.substring("port ".length()));
        return new HostileServer(
            process, new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      }
    }
    throw new IOException("the server ended before it said its port");
  }

  InetSocketAddress address() {
    return address;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }

  /** Says {@code port} and its number, and serves until its input ends. */
  public static void main(String[] args) throws Exception {
    try (TestApp app = new TestApp()) {
      app.host.values.put("FUNCTIONS_REQUEST_BODY_SIZE_LIMIT", "100000");
      app.host.access = (_, _, _) -> Access.Decision.UNAUTHORIZED;
      app.endpoint(
              new HttpEndpoint(
                  Set.of("GET"),
                  "admin/secret",
                  AccessLevel.ADMIN,
                  _ -> HttpResponse.text(200, "the secret")))
          .listen();
      app.function("echo", "echo", request -> TestApp.text("" + TestApp.bodyOf(request).length()));
      app.start(
          "data",
          TestApp.properties().put("authLevel", "anonymous"),
          delivery -> app.answering(_ -> TestApp.text("" + delivery.data())).offer(delivery));
      System.out.println("port " + app.address().getPort());
      System.out.flush();
      while (System.in.read() >= 0) {
        // until the test ends
      }
    }
  }
}
