package dev.roost.host.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The files beside the images that nothing here can run. */
class PackagingTest {
  private static final Path ROOT = Path.of(System.getProperty("roost.root"));
  private static final ObjectMapper JSON = JsonMapper.builder().build();

  /** The keys of a service in the Compose specification that ours may use. */
  private static final List<String> SERVICE_KEYS =
      List.of(
          "image",
          "command",
          "build",
          "depends_on",
          "read_only",
          "tmpfs",
          "cap_drop",
          "security_opt",
          "stop_grace_period",
          "ports",
          "volumes",
          "environment");

  private static JsonNode compose() throws IOException {
    LoaderOptions strict = new LoaderOptions();
    strict.setAllowDuplicateKeys(false);
    return JSON.valueToTree(
        new Yaml(new SafeConstructor(strict))
            .load(Files.readString(ROOT.resolve("docker-compose.yml"))));
  }

  @Test
  void composeHasOnlyKnownKeys() throws IOException {
    JsonNode compose = compose();
    assertThat(compose.propertyStream().map(java.util.Map.Entry::getKey))
        .containsExactly("services");
    for (JsonNode service : compose.path("services")) {
      assertThat(service.propertyStream().map(java.util.Map.Entry::getKey))
          .isSubsetOf(SERVICE_KEYS);
    }
  }

  @Test
  void composeRunsTheImageAsItIsMeantToRun() throws IOException {
    JsonNode roost = compose().path("services").path("roost");
    assertThat(roost.path("read_only").asBoolean()).isTrue();
    assertThat(roost.path("tmpfs").get(0).asText()).isEqualTo("/tmp");
    assertThat(roost.path("depends_on").get(0).asText()).isEqualTo("azurite");
    assertThat(roost.path("ports").get(0).asText()).endsWith(":8080");
    assertThat(Integer.parseInt(roost.path("stop_grace_period").asText().replace("s", "")))
        .as("above the drain's 25 s")
        .isGreaterThan(25);
    assertThat(roost.path("environment").path("AzureFunctionsWebHost__hostid").asText())
        .isNotEmpty();
    assertThat(roost.path("volumes").get(0).asText()).endsWith(":/app:ro");
  }

  @Test
  void systemdTakesTheUnit(@TempDir Path folder) throws Exception {
    boolean installed = Files.isExecutable(Path.of("/usr/bin/systemd-analyze"));
    if (!installed) {
      System.out.println("The unit is not verified: systemd-analyze is not here");
    }
    assumeTrue(installed, "systemd-analyze");
    // As installed, but with a program that is there: systemd-analyze looks for it.
    String unit = Files.readString(ROOT.resolve("packaging/systemd/roost@.service"));
    assertThat(unit).contains("ExecStart=/opt/roost/roost start /srv/roost/%i");
    Path installedUnit = folder.resolve("roost@samples.service");
    Files.writeString(installedUnit, unit.replace("/opt/roost/roost", "/bin/true"));
    Process verify =
        new ProcessBuilder("systemd-analyze", "verify", "--man=no", installedUnit.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(verify.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(verify.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(said.lines().filter(line -> line.contains("roost@"))).isEmpty();
    assertThat(verify.exitValue()).as(said).isZero();
  }
}
