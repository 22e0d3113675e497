package dev.roost.host.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.host.discovery.AnnotationScanner;
import dev.roost.host.discovery.Discovery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FunctionIndexTest {
  private static final String RICH =
      """
      @FunctionName("Rich")
      @FixedDelayRetry(maxRetryCount = 3, delayInterval = "00:00:10")
      public String rich(
          @ServiceBusQueueTrigger(name = "m", queueName = "q", connection = "C",
              cardinality = Cardinality.MANY) String[] m,
          @TableInput(name = "t", tableName = "T", take = "7") String t,
          @BlobOutput(name = "b", path = "c/{rand-guid}") OutputBinding<String> b) { return ""; }
      @FunctionName("Growing")
      @ExponentialBackoffRetry(maxRetryCount = -1, minimumInterval = "00:00:01",
          maximumInterval = "00:15:00")
      @QueueOutput(name = "o", queueName = "out")
      public String growing(@TimerTrigger(name = "t", schedule = "0 * * * * *") String t) {
        return "";
      }
      @FunctionName("Web")
      public String web(@HttpTrigger(name = "r", methods = {HttpMethod.GET, HttpMethod.PUT},
          authLevel = AuthorizationLevel.ANONYMOUS) String r) { return ""; }
      """;

  private static final String OTHER =
      """
      @FunctionName("Other")
      public void other(@TimerTrigger(name = "t", schedule = "0 * * * * *") String t) {}
      """;

  @TempDir private Path folder;
  private FunctionIndex index;
  private Path jar;
  private int searches;

  @BeforeEach
  void anAppAndNothingKnown() {
    index = FunctionIndex.of(Map.of("ROOST_INDEX", folder.resolve("index").toString()));
    jar = folder.resolve("app/app.jar");
  }

  @Test
  void searchesAnAppOnceAndKnowsAllOfItAtTheNextStart() throws IOException {
    TestJar.functions(RICH).jar(jar);
    Discovery searched = find();
    assertThat(searched.functions()).hasSize(3);
    assertThat(find()).isEqualTo(searched);
    assertThat(searches).isOne();
  }

  @Test
  void searchesAgainWhenAJarChangedThoughItsTimeDidNot() throws IOException {
    FileTime time = FileTime.from(Instant.EPOCH);
    Files.setLastModifiedTime(TestJar.functions(RICH).jar(jar), time);
    find();
    Files.setLastModifiedTime(TestJar.functions(OTHER).jar(jar), time);
    assertThat(find().functions()).singleElement().extracting("name").isEqualTo("Other");
    assertThat(searches).isEqualTo(2);
  }

  @Test
  void searchesAgainWhenALibraryCame() throws IOException {
    TestJar.functions(RICH).jar(jar);
    find();
    new TestJar().resource("a.txt", "a").jar(folder.resolve("app/lib/more.jar"));
    find();
    assertThat(searches).isEqualTo(2);
  }

  @Test
  void searchesAgainWhenAFunctionJsonChanged() throws IOException {
    TestJar.functions(OTHER).jar(jar);
    Path json = folder.resolve("app/Other/function.json");
    Files.createDirectories(json.getParent());
    Files.writeString(json, "{}");
    find();
    Files.writeString(json, "{ }");
    find();
    assertThat(searches).isEqualTo(2);
  }

  @Test
  void searchesAnAppWithARejectedFunctionEachTimeSoThatItsProblemIsTold() throws IOException {
    TestJar.functions("@FunctionName(\"Lost\") public void lost(String t) {}").jar(jar);
    assertThat(find().rejected()).hasSize(1);
    assertThat(find().rejected()).hasSize(1);
    assertThat(searches).isEqualTo(2);
  }

  @Test
  void searchesAFolderOfClassesEachTime() throws IOException {
    TestJar.functions(OTHER).classes(folder.resolve("app"));
    find();
    find();
    assertThat(searches).isEqualTo(2);
  }

  @Test
  void searchesWhenTheFileIsDamaged() throws IOException {
    TestJar.functions(OTHER).jar(jar);
    Discovery searched = find();
    try (Stream<Path> files = Files.list(folder.resolve("index"))) {
      for (Path file : files.toList()) {
        Files.writeString(file, "{\"functions\": [{");
      }
    }
    assertThat(find()).isEqualTo(searched);
    assertThat(searches).isEqualTo(2);
    assertThat(find()).isEqualTo(searched);
    assertThat(searches).isEqualTo(2);
  }

  @Test
  void searchesWhereNothingCanBeWritten() throws IOException {
    TestJar.functions(OTHER).jar(jar);
    Files.writeString(folder.resolve("file"), "no folder");
    index = FunctionIndex.of(Map.of("HOME", folder.resolve("file").toString()));
    find();
    assertThat(find().functions()).hasSize(1);
    assertThat(searches).isEqualTo(2);
  }

  @Test
  void keepsTheFilesOfTheLatestBuilds() throws IOException {
    Path known = Files.createDirectories(folder.resolve("index"));
    for (int i = 0; i < 100; i++) {
      Path old = Files.writeString(known.resolve(i + ".json"), "{}");
      Files.setLastModifiedTime(old, FileTime.from(Instant.EPOCH.plusSeconds(i)));
    }
    TestJar.functions(OTHER).jar(jar);
    find();
    find();
    assertThat(searches).isOne();
    try (Stream<Path> files = Files.list(known)) {
      assertThat(files).hasSize(64);
    }
  }

  private Discovery find() {
    AppLayout layout = AppLayout.of(List.of(folder.resolve("app")), problem -> {}).getFirst();
    return index.of(
        layout,
        () -> {
          searches++;
          return new AnnotationScanner(layout.root(), layout.appJars(), layout.libJars()).scan();
        });
  }
}
