package dev.roost.host.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.host.app.TestJar;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is open to whom where there are no keys. */
class AccessIT {
  @TempDir private static Path folder;
  private static HostProcess production;
  private static HostProcess development;
  private static HostProcess elsewhere;

  @BeforeAll
  static void start() throws IOException {
    Path jar =
        TestJar.functions(
                """
                @FunctionName("Open")
                public String open(@HttpTrigger(name = "r", authLevel = AuthorizationLevel.ANONYMOUS)
                    HttpRequestMessage<String> r) { return "open"; }
                @FunctionName("Keyed")
                public String keyed(@HttpTrigger(name = "r") HttpRequestMessage<String> r) { return "keyed"; }
                @FunctionName("Admin")
                public String admin(@HttpTrigger(name = "r", authLevel = AuthorizationLevel.ADMIN)
                    HttpRequestMessage<String> r) { return "admin"; }
                """)
            .jar(folder.resolve("access.jar"));
    production = HostProcess.command("start", jar.toString(), "--port", "0").started();
    development = HostProcess.command("start", jar.toString(), "--port", "0", "--dev").started();
    elsewhere =
        HostProcess.command("start", jar.toString(), "--port", "0", "--dev", "--address", "0.0.0.0")
            .started();
  }

  @AfterAll
  static void stop() {
    production.close();
    development.close();
    elsewhere.close();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "/api/Open,          200, 200, 200",
    "/api/Keyed,         401, 200, 401",
    "/api/Keyed?code=x,  401, 200, 401",
    "/api/Admin,         401, 200, 401",
    "/admin/host/ping,   200, 200, 200",
    "/admin/host/status, 401, 200, 401",
    "/admin/functions,   401, 200, 401",
    "/runtime/health,    200, 200, 200",
    "/metrics,           401, 200, 401",
  })
  void isClosedInProductionAndOpenInDevelopmentOnLoopbackOnly(
      String path, int inProduction, int inDevelopment, int onAnotherAddress)
      throws IOException, InterruptedException {
    assertThat(production.get(path).statusCode()).as("Production").isEqualTo(inProduction);
    assertThat(development.get(path).statusCode()).as("Development").isEqualTo(inDevelopment);
    assertThat(elsewhere.get(path).statusCode()).as("0.0.0.0").isEqualTo(onAnotherAddress);
  }

  @Test
  void saysSoInItsFirstLines() {
    assertThat(production.lines())
        .anyMatch(
            line -> line.contains("in Production; there are no keys, so functions and admin"));
    assertThat(development.lines())
        .anyMatch(line -> line.contains("in Development; functions and admin need no key"));
    assertThat(elsewhere.lines())
        .anyMatch(
            line -> line.contains("in Development; there are no keys, so functions and admin"));
  }
}
