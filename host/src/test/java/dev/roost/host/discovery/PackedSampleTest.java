package dev.roost.host.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.host.app.AppLayout;
import dev.roost.host.app.FunctionApp;
import dev.roost.spi.FunctionDefinition;
import dev.roost.spi.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Reads sample-functions as azure-functions-maven-plugin packed it in this build. */
class PackedSampleTest {
  private static final Path FOLDER =
      Path.of(
          System.getProperty("roost.root"),
          "sample-functions/target/azure-functions/sample-functions");

  private static final List<Problem> PROBLEMS = new ArrayList<>();
  private static AppLayout layout;

  @BeforeAll
  static void findTheParts() {
    assertThat(FOLDER).as("made by 'mvn verify -pl host -am'").isDirectory();
    layout = AppLayout.of(List.of(FOLDER), PROBLEMS::add).getFirst();
  }

  @Test
  void hasThePartsThatThePluginMakes() {
    assertThat(layout.root()).isEqualTo(FOLDER);
    assertThat(layout.appJars()).hasSize(1);
    assertThat(layout.libJars())
        .extracting(jar -> jar.getFileName().toString())
        .contains("azure-functions-java-library-3.2.3.jar");
    assertThat(layout.hostJson()).contains(FOLDER.resolve("host.json"));
    assertThat(layout.localSettings()).contains(FOLDER.resolve("local.settings.json"));
    assertThat(layout.functionJsons()).hasSize(13);
  }

  @Test
  void scannerAndFunctionJsonReaderGiveEqualDefinitions() {
    Discovery read = new FunctionJsonReader(layout.functionJsons(), layout.classPath()).read();
    Discovery scanned =
        new AnnotationScanner(layout.root(), layout.appJars(), layout.libJars()).scan();
    assertThat(read.rejected()).isEmpty();
    assertThat(read.functions())
        .extracting(FunctionDefinition::name)
        .containsExactly(
            "Dialogue",
            "Dispatch",
            "Greeting",
            "Heartbeat",
            "Ledger",
            "Mirror",
            "OrderStatus",
            "Persistent",
            "Quote",
            "Relay",
            "SubmitOrder",
            "Track",
            "WorkOnOrder");
    assertThat(scanned).isEqualTo(read);
  }

  @Test
  void loadsAsOneAppWithoutProblems() throws Exception {
    List<FunctionApp> apps = FunctionApp.load(List.of(layout), Map.of(), PROBLEMS::add);
    assertThat(PROBLEMS).isEmpty();
    try (FunctionApp app = apps.getFirst()) {
      assertThat(app.functions()).hasSize(13);
      assertThat(app.loader().loadClass("dev.roost.samples.Greeting").getClassLoader())
          .isSameAs(app.loader());
    }
  }
}
