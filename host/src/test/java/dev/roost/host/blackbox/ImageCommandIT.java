package dev.roost.host.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code roost image} of the packaged distribution; {@code tar} makes its base and reads it. */
class ImageCommandIT {
  @TempDir private Path folder;
  private Path base;

  private record Ended(int code, String output) {}

  /** A base of one layer, as {@code docker save} writes it. */
  @BeforeEach
  void makeBase() throws IOException, InterruptedException, NoSuchAlgorithmException {
    Files.writeString(folder.resolve("base.txt"), "base");
    assertThat(run("tar", "cf", "layer.tar", "base.txt").code()).isZero();
    byte[] layer = Files.readAllBytes(folder.resolve("layer.tar"));
    String digest = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(layer));
    Files.writeString(
        folder.resolve("config.json"),
        """
        {"architecture": "amd64", "os": "linux",
         "config": {"User": "10001:10001", "WorkingDir": "/app", "Cmd": ["start", "/app"]},
         "rootfs": {"type": "layers", "diff_ids": ["sha256:%s"]}}
        """
            .formatted(digest));
    Files.writeString(
        folder.resolve("manifest.json"),
        "[{\"Config\":\"config.json\",\"RepoTags\":[\"roost:1\"],\"Layers\":[\"layer.tar\"]}]");
    assertThat(run("tar", "cf", "base.tar", "layer.tar", "config.json", "manifest.json").code())
        .isZero();
    base = folder.resolve("base.tar");
  }

  private Ended run(String... command) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().put("ROOST_JAVA_HOME", System.getProperty("java.home"));
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(90, TimeUnit.SECONDS)).isTrue();
    return new Ended(process.exitValue(), output);
  }

  private Ended image(Path app, String... more) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                HostProcess.root().resolve("host/target/roost/roost").toString(),
                "image",
                app.toString()));
    command.addAll(Arrays.asList(more));
    return run(command.toArray(String[]::new));
  }

  @Test
  void putsTheSamplesOnTheBaseWithoutTheirSecrets() throws IOException, InterruptedException {
    assertThat(HostProcess.samples().resolve("local.settings.json")).exists();

    // Relative paths are those of the user's folder, though the process may work in another.
    Ended ended =
        image(
            HostProcess.samples(),
            "--from",
            "tar://base.tar",
            "--to",
            "shop:1",
            "--tar",
            "out.tar");

    assertThat(ended.output()).matches("shop:1 sha256:[0-9a-f]{64}\n");
    assertThat(ended.code()).isZero();
    List<String> parts = run("tar", "tf", "out.tar").output().lines().toList();
    List<String> layers = parts.stream().filter(name -> name.endsWith(".tar.gz")).toList();
    assertThat(layers).hasSize(3);
    assertThat(run("tar", "xf", "out.tar").code()).isZero();
    StringBuilder files = new StringBuilder();
    for (String layer : layers) {
      files.append(run("tar", "tzf", layer).output());
    }
    assertThat(files.toString().lines())
        .contains("base.txt", "app/host.json", "app/Greeting/function.json")
        .anyMatch(name -> name.startsWith("app/lib/azure-functions-java-library-"))
        .anyMatch(name -> name.startsWith("app/sample-functions-"))
        .noneMatch(name -> name.contains("local.settings.json"));
    assertThat(folder.resolve("config.json"))
        .content()
        .contains("\"User\":\"10001:10001\"", "\"WorkingDir\":\"/app\"", "[\"start\",\"/app\"]");
  }

  @Test
  void refusesWhatIsNoApp() throws IOException, InterruptedException {
    Path empty = Files.createDirectory(folder.resolve("empty"));

    Ended ended = image(empty, "--from", "tar://" + base, "--to", "shop:1", "--tar", "out.tar");

    assertThat(ended.code()).isEqualTo(65);
    assertThat(ended.output()).contains(empty.toString(), "holds neither jars nor classes");
    assertThat(folder.resolve("out.tar")).doesNotExist();
  }

  @Test
  void saysWhatStandsInTheWay() throws IOException, InterruptedException {
    Ended noBase = image(HostProcess.samples(), "--to", "shop:1");
    assertThat(noBase.code()).isEqualTo(2);
    assertThat(noBase.output()).contains("Missing required option: '--from=BASE'");

    Ended badName = image(HostProcess.samples(), "--from", "tar://base.tar", "--to", "No Name");
    assertThat(badName.code()).isEqualTo(74);
    assertThat(badName.output()).startsWith("'No Name' is no image reference.");

    Ended noRegistry =
        image(
            HostProcess.samples(),
            "--from",
            "localhost:1/roost:1",
            "--to",
            "a:1",
            "--tar",
            "a.tar");
    assertThat(noRegistry.code()).isEqualTo(74);
    assertThat(noRegistry.output())
        .contains("'a:1' on 'localhost:1/roost:1'", "Check the registry's name and port");

    Ended two =
        image(HostProcess.samples(), folder.toString(), "--from", "tar://base.tar", "--to", "a:1");
    assertThat(two.code()).isEqualTo(2);
    assertThat(two.output()).contains("An image holds one app, and 2 were given");
  }
}
