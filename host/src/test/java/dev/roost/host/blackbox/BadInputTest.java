package dev.roost.host.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.host.Host;
import dev.roost.host.HostOptions;
import dev.roost.host.app.TestJar;
import dev.roost.spi.Problem;
import dev.roost.spi.TriggerProvider;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every mistake is told in one exact line, and what has no mistake runs. */
class BadInputTest {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private static @TempDir Path shared;
  private static Path jar;

  private @TempDir Path app;

  static List<BadInput> table() {
    return BadInput.table();
  }

  @BeforeAll
  static void compileTheCases() throws IOException {
    Path missing =
        new TestJar()
            .type("absent.Library", "public class Library {}")
            .jar(shared.resolve("a.jar"));
    jar = BadCases.jar(missing).jar(shared.resolve("cases.jar"));
  }

  @ParameterizedTest
  @MethodSource("table")
  void isToldInItsOwnWordsWhileTheNeighbourRuns(BadInput input)
      throws IOException, InterruptedException {
    Files.copy(jar, app.resolve("cases.jar"));
    for (Map.Entry<String, String> file : input.files().entrySet()) {
      Path path = app.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
    Map<String, String> environment =
        new HashMap<>(Map.of("AZURE_FUNCTIONS_ENVIRONMENT", "Development"));
    environment.putAll(input.environment());
    Host host =
        new Host(
            new HostOptions(
                List.of(app),
                Optional.of(0),
                Optional.of("127.0.0.1"),
                List.of(),
                false,
                environment));
    InetSocketAddress address = host.start().orElseThrow();
    try {
      assertThat(host.problems().stream().map(Problem::line))
          .containsExactlyElementsOf(
              input.lines().stream()
                  .map(line ->
                      line.replace("{app}", app.toString()).replace("{triggers}", triggers()))
                  .toList());
      assertThat(status(address, "/api/Neighbour")).isEqualTo(input.neighbourRuns() ? 200 : 503);
    } finally {
      host.stop();
    }
  }

  /** What this build of the host knows, as the messages list it. */
  private static String triggers() {
    return ServiceLoader.load(TriggerProvider.class).stream()
        .flatMap(provider -> provider.get().types().stream())
        .sorted(String.CASE_INSENSITIVE_ORDER)
        .collect(Collectors.joining(", "));
  }

  private static int status(InetSocketAddress address, String path)
      throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + address.getPort() + path);
    return HTTP.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }
}
