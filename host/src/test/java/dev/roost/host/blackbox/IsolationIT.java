package dev.roost.host.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.roost.host.app.TestJar;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An app with other versions of the host's libraries, seen by a function inside it. */
class IsolationIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static @TempDir Path folder;
  private static AppFolder app;
  private static HostProcess host;

  @BeforeAll
  static void start() throws IOException {
    app =
        AppFolder.copyOf("clash", folder.toRealPath())
            .file("host.json", "{\"version\": \"2.0\"}")
            .file(
                "local.settings.json",
                "{\"IsEncrypted\": false, \"Values\": {\"SALUTATION\": \"Hello from a file\"}}")
            .file("data/note.txt", "a file beside the app");
    TestJar.functions(
            """
            @FunctionName("InLib")
            public String inLib(
                @HttpTrigger(name = "request", authLevel = AuthorizationLevel.ANONYMOUS)
                    HttpRequestMessage<String> request) {
              return "from a library";
            }
            """)
        .jar(folder.resolve("lib/functions.jar"));
    host = HostProcess.command("start", app.toString(), "--port", "0", "--log", "json").started();
  }

  @AfterAll
  static void stop() {
    host.close();
  }

  @ParameterizedTest(name = "{0} comes from {1}")
  @CsvSource({
    "com.fasterxml.jackson.databind.ObjectMapper, jackson-databind-2.13.5.jar",
    "com.fasterxml.jackson.core.JsonParser, jackson-core-2.13.5.jar",
    "io.netty.util.Version, netty-common-4.1.100.Final.jar",
    "org.slf4j.LoggerFactory, slf4j-api-1.7.36.jar",
    "com.microsoft.azure.functions.annotation.FunctionName, azure-functions-java-library-3.2.3.jar",
    "clash.Checker, clash-app.jar",
    "com.microsoft.azure.functions.ExecutionContext, roost-host.jar",
    "com.google.gson.Gson, roost-host.jar",
    "java.util.List, the JDK",
    "java.sql.Connection, java.sql",
    "dev.roost.host.Host, nowhere",
    "dev.roost.spi.Problem, nowhere",
    "io.netty.buffer.ByteBuf, nowhere",
    "io.github.classgraph.ClassGraph, nowhere",
    "picocli.CommandLine, nowhere",
    "com.azure.core.http.HttpClient, nowhere",
    "reactor.core.publisher.Mono, nowhere",
    "com.cronutils.model.Cron, nowhere",
    "com.networknt.schema.JsonSchema, nowhere",
  })
  void showsTheAppItsOwnLibrariesAndNothingOfTheHost(String type, String origin)
      throws IOException, InterruptedException {
    assertThat(host.get("/api/WhereFrom?type=" + type).body()).isEqualTo(origin);
  }

  @Test
  void theAppsLibrariesWorkInTheirOwnVersions() throws IOException, InterruptedException {
    assertThat(host.get("/api/Use").body())
        .isEqualTo("jackson 2.13.5 reads 1, netty 4.1.100.Final");
  }

  @Test
  void aFunctionInALibraryIsFound() throws IOException, InterruptedException {
    assertThat(host.get("/api/InLib").body()).isEqualTo("from a library");
  }

  @Test
  void settingsAreVariablesAndTheFolderIsTheWorkingDirectory()
      throws IOException, InterruptedException {
    assertThat(host.get("/api/Surroundings").body())
        .isEqualTo("SALUTATION=Hello from a file in " + app + " with a file beside the app");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "through System.out {0}, Information, Function.Speak.User",
    "through System.err, Information, Function.Speak.User",
    "through slf4j 1, Warning, clash.Slf4j",
    "through java.util.logging, Information, clash.Jul",
    "through System.Logger, Information, clash.System",
    "through the context, Information, Function.Speak.User",
  })
  void everyLineOfAFunctionTellsItsInvocation(String message, String level, String category)
      throws IOException, InterruptedException {
    String invocation = host.get("/api/Speak").body();
    String line = host.awaitLine(text -> text.contains(message) && text.contains(invocation));
    JsonNode json = JSON.readTree(line);
    assertThat(json.path("message").asText()).isEqualTo(message);
    assertThat(json.path("function").asText()).isEqualTo("Speak");
    assertThat(json.path("invocationId").asText()).isEqualTo(invocation);
    assertThat(json.path("level").asText()).isEqualTo(level);
    assertThat(json.path("category").asText()).isEqualTo(category);
  }

  @Test
  void theAppsOwnShutdownHookRunsAndTheExitCodeIsZero() throws IOException, InterruptedException {
    try (HostProcess other =
        HostProcess.command(
                "start", app.toString(), "--port", "0", "--functions", "Hook", "--log", "text")
            .started()) {
      Path file = folder.resolve("hook.txt");
      assertThat(other.get("/api/Hook?file=" + file).body()).isEqualTo("registered");
      assertThat(other.terminate()).as(String.join("\n", other.lines())).isZero();
      assertThat(file).hasContent("the hook ran");
    }
  }
}
