package dev.roost.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class AzuriteTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  /** A JVM that starts an Azurite, tells its port and waits to be killed. */
  static final class Starter {
    private Starter() {}

    public static void main(String[] args) throws IOException {
      System.out.println(Azurite.shared().port("Queue"));
      int ended = System.in.read();
      System.out.println("ended by its input: " + ended);
    }
  }

  private static boolean answers(int port) {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException _) {
      return false;
    }
  }

  @Test
  void endsWithAJvmThatIsKilled() throws Exception {
    Process jvm =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Droost.root=" + System.getProperty("roost.root"),
                "-cp",
                System.getProperty("java.class.path"),
                Starter.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    int port = Integer.parseInt(jvm.inputReader().readLine());
    assertThat(answers(port)).isTrue();

    jvm.destroyForcibly();

    Await.until("nobody listens on " + port, LIMIT, () -> !answers(port));
  }

  @Test
  void comesBackOnThePortsItHad() throws Exception {
    try (Azurite azurite = Azurite.launch()) {
      int port = azurite.port("Blob");
      String connection = azurite.connectionString();

      azurite.stop();
      assertThat(answers(port)).isFalse();
      azurite.start();

      assertThat(answers(port)).isTrue();
      assertThat(azurite.connectionString()).isEqualTo(connection);
      assertThat(azurite.through("Blob", 1)).contains("127.0.0.1:1/" + Azurite.ACCOUNT);
    }
  }
}
