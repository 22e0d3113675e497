package dev.roost.host.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.spi.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalSettingsTest {
  @TempDir private Path folder;
  private final List<Problem> problems = new ArrayList<>();

  private Map<String, String> read(String text) throws IOException {
    return LocalSettings.read(
        Files.writeString(folder.resolve("local.settings.json"), text), problems::add);
  }

  @Test
  void becomeVariables() throws IOException {
    assertThat(
            read(
                """
                {"IsEncrypted": false,
                 "Values": {"A": "1", "B": 2, "C": true, "D": null},
                 "ConnectionStrings": {"Sql": "x", "Other": {"ConnectionString": "y"}},
                 "Host": {"LocalHttpPort": 7072, "CORS": "*"}}
                """))
        .containsExactly(
            Map.entry("A", "1"),
            Map.entry("B", "2"),
            Map.entry("C", "true"),
            Map.entry("ConnectionStrings__Sql", "x"),
            Map.entry("ConnectionStrings__Other", "y"),
            Map.entry("Host__LocalHttpPort", "7072"),
            Map.entry("Host__CORS", "*"));
    assertThat(problems).isEmpty();
  }

  @Test
  void leaveTheEnvironmentAsItIs() {
    assertThat(LocalSettings.additions(Map.of("PATH", "local", "New", "n"), Map.of("Path", "/bin")))
        .containsExactly(Map.entry("New", "n"));
  }

  @Test
  void areRefusedWhenEncrypted() throws IOException {
    assertThat(read("{\"IsEncrypted\": true, \"Values\": {\"A\": \"secret\"}}")).isEmpty();
    assertThat(problems)
        .singleElement()
        .satisfies(problem ->
            assertThat(problem.line())
                .endsWith(
                    "local.settings.json: IsEncrypted: the values are encrypted for Core"
                        + " Tools, which this host can't read. Run 'func settings decrypt' and"
                        + " set IsEncrypted to false."));
  }

  @Test
  void nameTheKeyOfANestedValue() throws IOException {
    assertThat(read("{\"Values\": {\"Good\": \"g\", \"Bad\": {\"x\": 1}}}"))
        .containsExactly(Map.entry("Good", "g"));
    assertThat(problems.getFirst().key()).isEqualTo("Values.Bad");
  }

  @Test
  void tellWhereTheirJsonIsBroken() throws IOException {
    assertThat(read("{\"Values\": {\n  \"A\" \"secret\"}}")).isEmpty();
    assertThat(problems.getFirst().line())
        .contains("is not valid JSON (line 2, column ")
        .doesNotContain("secret");
  }
}
