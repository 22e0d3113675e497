package dev.roost.emulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.emulator.ServiceBusEmulator;
import dev.roost.testkit.Await;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class EmulatorCommandTest {
  private static final String CONFIG =
      """
      {"UserConfig": {"Namespaces": [{"Queues": [{"Name": "orders"}]}]}}
      """;

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final CommandLine command =
      new CommandLine(new EmulatorCommand())
          .setOut(new PrintWriter(out))
          .setErr(new PrintWriter(err));

  @Test
  void printsTheConnectionStringAndRuns() throws Exception {
    String file = config(CONFIG);
    Thread running = new Thread(() -> command.execute(file, "--port", "0"));
    running.setDaemon(true);
    running.start();

    Await.until(
        "the connection string is printed",
        Duration.ofSeconds(20),
        () -> out.toString().contains("UseDevelopmentEmulator=true"));
    assertThat(out.toString()).contains("queue  orders").contains("Endpoint=sb://127.0.0.1:");
    assertThat(running.isAlive()).isTrue();
    running.interrupt();
    running.join(10_000);
    assertThat(running.isAlive()).isFalse();
  }

  @Test
  void saysWhatIsWrongWithTheFile() throws IOException {
    assertThat(command.execute(config("{}"))).isEqualTo(65);
    assertThat(err.toString()).contains("Config.json").contains("Namespaces");
  }

  @Test
  void saysThatThereIsNoFile() {
    assertThat(command.execute(folder.resolve("none.json").toString())).isEqualTo(65);
    assertThat(err.toString()).contains("none.json cannot be read");
  }

  @Test
  void saysThatThePortIsTaken() throws IOException {
    try (ServiceBusEmulator other = ServiceBusEmulator.builder().start()) {
      String port = Integer.toString(other.port());

      assertThat(command.execute(config(CONFIG), "--port", port)).isEqualTo(69);
      assertThat(err.toString()).contains(port).contains("choose another port");
    }
  }

  private String config(String json) throws IOException {
    return Files.writeString(folder.resolve("Config.json"), json).toString();
  }
}
