package dev.roost.host.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class PlainStartTest {

  private static String[] words(String line) {
    return line.split(" ", -1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "start",
        "start /app",
        "start app.jar other",
        "start --port 0",
        "start /app --port 8080 --address 127.0.0.1",
        "start --dev --log text /app",
        "start --log JSON",
        "start --address :: --functions One,Two_2,Three-3 /app --dev",
        "start /app --functions start"
      })
  void readsWhatTheLibraryReads(String line) {
    String[] args = words(line);
    StartCommand command = new StartCommand();
    new CommandLine(command)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .parseArgs(Arrays.copyOfRange(args, 1, args.length));
    assertThat(PlainStart.of(args)).contains(command.asWritten());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--version",
        "list /app",
        "START /app",
        "start --help",
        "start --port",
        "start --port x",
        "start --port=7071",
        "start --port 1 --port 2",
        "start --dev --dev",
        "start --prot 1",
        "start -- /app",
        "start @arguments",
        "start --address --dev",
        "start --functions One,,Two",
        "start --functions ,One",
        "start --log xml",
        "start 'my app'",
        "start /app "
      })
  void leavesTheUnusualToTheLibrary(String line) {
    assertThat(PlainStart.of(words(line))).isEmpty();
  }
}
