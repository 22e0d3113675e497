package dev.roost.host.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.roost.testkit.Azurite;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The container images, built and run without a Docker engine, on one CPU with 256 MB. */
class ImageIT {
  private static final Path FOLDER = HostProcess.root().resolve("host/target/image");
  private static final Pattern SIZE = Pattern.compile("(\\d+) MB compressed");

  private record Ended(int code, String output) {}

  @BeforeAll
  static void requireTools() {
    List<String> missing =
        Stream.of("buildah", "podman", "runc", "mmdebstrap")
            .filter(tool -> !isInstalled(tool))
            .toList();
    boolean root = "root".equals(System.getProperty("user.name"));
    if (!missing.isEmpty() || !root) {
      System.out.println("The images are not tested: missing " + missing + ", root: " + root);
    }
    assumeTrue(missing.isEmpty() && root, "the images need root and " + missing);
  }

  private static boolean isInstalled(String tool) {
    return Stream.of("/usr/bin", "/usr/sbin", "/usr/local/bin")
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool)));
  }

  @ParameterizedTest
  @CsvSource({"'', roost, 100", "minimal, roost-minimal, 80"})
  void servesWorksOnAQueueAndDrainsOnOneCpuAndAReadOnlyRoot(
      String variant, String image, int megabytes) throws IOException, InterruptedException {
    Ended built = run(HostProcess.root() + "/packaging/image " + FOLDER + " " + variant);
    assertThat(built.code()).as(built.output()).isZero();
    Matcher size = SIZE.matcher(built.output());
    assertThat(size.find()).as(built.output()).isTrue();
    System.out.println(built.output().lines().toList().getLast());
    assertThat(Integer.parseInt(size.group(1))).isBetween(20, megabytes);

    String port = Integer.toString(freePort());
    try (Azurite azurite = Azurite.launch();
        HostProcess host =
            HostProcess.of(
                container(image, "localhost/" + image + "-samples", port, azurite), FOLDER)) {
      host.awaitLine(line -> line.contains("Host started"));
      HttpResponse<String> answer = host.get("/api/greetings/Ada");
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).contains("Hello, Ada!");
      Storage storage = new Storage(azurite.connectionString());
      storage.queue("relay-in").sendMessage("quiet");
      assertThat(storage.take("relay-out", 1)).containsExactly("QUIET");
      assertThat(podman("inspect " + image).output())
          .contains(
              "\"ReadonlyRootfs\": true", "\"Memory\": 268435456", "\"User\": \"10001:10001\"");
      if (BillOfMaterialsIT.isMade()) {
        Path bill = FOLDER.resolve(image + ".cdx.json");
        Ended copied = podman("cp " + image + ":/opt/roost/roost.cdx.json " + bill);
        assertThat(copied.code()).as(copied.output()).isZero();
        assertThat(bill).content().contains("\"CycloneDX\"", "pkg:maven/io.netty/netty-buffer@");
      }
      assertThat(host.terminate()).as(String.join("\n", host.lines())).isZero();
      assertThat(host.lines()).anyMatch(line -> line.contains("Drained"));
    } finally {
      podman("rm -f " + image);
    }
    if (variant.isEmpty()) {
      servesFromTheImageThatTheHostBuilt(image);
    }
  }

  /** The same base, and the app put on top of it by {@code roost image}. */
  private static void servesFromTheImageThatTheHostBuilt(String base)
      throws IOException, InterruptedException {
    Path saved = FOLDER.resolve("base.tar");
    Path own = FOLDER.resolve("own.tar");
    String name = "localhost/roost-own:1";
    Ended built =
        run(
            ". %s/env.sh && rm -f %s && podman save -q --format docker-archive -o %s localhost/%s && %s/roost image %s --from tar://%s --to %s --tar %s && podman load -q -i %s && rm -f %s %s"
                .formatted(
                    FOLDER,
                    saved,
                    saved,
                    base,
                    HostProcess.root(),
                    HostProcess.samples(),
                    saved,
                    name,
                    own,
                    own,
                    saved,
                    own));
    assertThat(built.code()).as(built.output()).isZero();
    assertThat(built.output()).contains(name + " sha256:");
    try (Azurite azurite = Azurite.launch();
        HostProcess host =
            HostProcess.of(
                container("roost-own", name, Integer.toString(freePort()), azurite), FOLDER)) {
      host.awaitLine(line -> line.contains("Host started"));
      assertThat(host.get("/api/greetings/Ada").body()).contains("Hello, Ada!");
      assertThat(podman("inspect roost-own").output()).contains("\"User\": \"10001:10001\"");
      assertThat(host.terminate()).as(String.join("\n", host.lines())).isZero();
    } finally {
      podman("rm -f roost-own");
    }
  }

  /** What the image is run with; the cache must fit, or the JVM refuses to start. */
  private static List<String> container(String name, String image, String port, Azurite azurite)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of("podman", "run", "--rm", "--name", name, "--network", "host", "--read-only"));
    command.addAll(List.of("--tmpfs", "/tmp", "--memory", "256m", "--cpus", "1"));
    command.addAll(List.of("--cap-drop", "ALL", "--security-opt", "no-new-privileges"));
    command.addAll(List.of("-e", "JAVA_TOOL_OPTIONS=-XX:AOTMode=on"));
    command.addAll(List.of("-e", "AzureWebJobsStorage=" + azurite.connectionString()));
    command.addAll(List.of("-e", "AzureFunctionsWebHost__hostid=samples"));
    command.addAll(List.of("-e", "AzureWebJobsServiceBus=" + HostProcess.emulatedBus()));
    command.addAll(List.of("-e", "HeartbeatSchedule=0 0 0 1 1 *"));
    command.add(image);
    command.addAll(List.of("start", "/app", "--port", port, "--log", "text"));
    return command;
  }

  private static Ended podman(String arguments) throws IOException, InterruptedException {
    return run(". " + FOLDER + "/env.sh && podman " + arguments);
  }

  private static Ended run(String script) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder("bash", "-c", script).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), output);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
