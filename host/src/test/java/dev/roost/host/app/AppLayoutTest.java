package dev.roost.host.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.spi.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AppLayoutTest {
  private static final TestJar JAR = new TestJar().resource("x", "y");

  @TempDir private Path folder;
  private final List<Problem> problems = new ArrayList<>();

  @Test
  void takesAJarWithTheFirstFolderBesideItWhoseNameEndsWithLib() throws IOException {
    Path jar = JAR.jar(folder.resolve("app.jar"));
    Path library = JAR.jar(folder.resolve("a-lib/one.jar"));
    JAR.jar(folder.resolve("lib/other.jar"));
    JAR.jar(folder.resolve("a-lib/deeper/two.jar"));
    Files.writeString(folder.resolve("a-lib/readme.txt"), "");
    AppLayout layout = only(jar);
    assertThat(layout.root()).isEqualTo(folder);
    assertThat(layout.appJars()).containsExactly(jar);
    assertThat(layout.libJars()).containsExactly(library);
    assertThat(layout.needsWorkingDirectory()).isFalse();
  }

  @Test
  void takesAFolderOfJars() throws IOException {
    Path two = JAR.jar(folder.resolve("two.jar"));
    Path one = JAR.jar(folder.resolve("one.JAR"));
    AppLayout layout = only(folder);
    assertThat(layout.appJars()).containsExactly(one, two);
    assertThat(layout.libJars()).isEmpty();
  }

  @Test
  void takesAFolderOfClassesWithTheLibrariesBesideIt() throws IOException {
    Path classes = TestJar.functions("").classes(folder.resolve("target/classes"));
    Path library = JAR.jar(folder.resolve("target/lib/one.jar"));
    AppLayout layout = only(classes);
    assertThat(layout.root()).isEqualTo(classes);
    assertThat(layout.appJars()).containsExactly(classes);
    assertThat(layout.libJars()).containsExactly(library);
  }

  @Test
  void takesWhatTheMavenPluginPacks() throws IOException {
    Path jar = JAR.jar(folder.resolve("app.jar"));
    Path library = JAR.jar(folder.resolve("lib/one.jar"));
    Path hostJson = Files.writeString(folder.resolve("host.json"), "{}");
    Path settings = Files.writeString(folder.resolve("local.settings.json"), "{}");
    Files.createDirectories(folder.resolve("Orders"));
    Files.createDirectories(folder.resolve("data"));
    Path functionJson = Files.writeString(folder.resolve("Orders/function.json"), "{}");
    AppLayout layout = only(folder);
    assertThat(layout)
        .isEqualTo(
            new AppLayout(
                folder,
                List.of(jar),
                List.of(library),
                Optional.of(hostJson),
                Optional.of(settings),
                List.of(functionJson)));
    assertThat(layout.needsWorkingDirectory()).isTrue();
    assertThat(only(jar)).as("the jar stands for its folder").isEqualTo(layout);
  }

  @Test
  void makesOneAppOfEachPath() throws IOException {
    Path one = JAR.jar(folder.resolve("1/one.jar"));
    Path two = JAR.jar(folder.resolve("2/two.jar"));
    assertThat(AppLayout.of(List.of(one, two), problems::add))
        .extracting(AppLayout::root)
        .containsExactly(one.getParent(), two.getParent());
  }

  @Test
  void leavesOutALibraryThatDoesNotOpen() throws IOException {
    Path jar = JAR.jar(folder.resolve("app.jar"));
    Path broken =
        Files.writeString(
            Files.createDirectories(folder.resolve("lib")).resolve("b.jar"), "no zip");
    assertThat(AppLayout.of(List.of(jar), problems::add).getFirst().libJars()).isEmpty();
    assertThat(problems).extracting(Problem::where).containsExactly(broken.toString());
  }

  static Stream<Arguments> unusable() {
    return Stream.of(
        Arguments.of(
            "missing.jar",
            "does not exist",
            "Give a jar, a folder of jars or classes, or an app's folder."),
        Arguments.of(
            "notes.txt",
            "is neither a jar nor a folder",
            "Give a jar, a folder of jars or classes, or an app's folder."),
        Arguments.of(
            "broken.jar",
            "is not a readable jar (zip END header not found)",
            "Build or copy it again."),
        Arguments.of(
            "cut.jar",
            "is not a readable jar (zip END header not found)",
            "Build or copy it again."),
        Arguments.of(
            "empty",
            "holds neither jars nor classes",
            "Build the app first, then give its jar or its folder."),
        Arguments.of(
            "project",
            "holds neither jars nor classes",
            "Give the packed app instead: FOLDER/project/target/azure-functions/orders."));
  }

  @ParameterizedTest
  @MethodSource("unusable")
  void saysWhyAPathCanNotBeUsedAndGoesOn(String name, String found, String remedy)
      throws IOException {
    Path good = JAR.jar(folder.resolve("good/app.jar"));
    Files.writeString(folder.resolve("notes.txt"), "");
    Files.writeString(folder.resolve("broken.jar"), "this is no zip file");
    byte[] whole = Files.readAllBytes(good);
    Files.write(folder.resolve("cut.jar"), Arrays.copyOf(whole, whole.length / 2));
    Files.createDirectories(folder.resolve("empty"));
    Files.createDirectories(folder.resolve("project/target/azure-functions/orders"));
    Path path = folder.resolve(name);
    assertThat(AppLayout.of(List.of(path, good), problems::add)).hasSize(1);
    assertThat(problems)
        .containsExactly(
            new Problem(path.toString(), "", found, remedy.replace("FOLDER", folder.toString())));
  }

  private AppLayout only(Path path) {
    List<AppLayout> layouts = AppLayout.of(List.of(path), problems::add);
    assertThat(problems).isEmpty();
    assertThat(layouts).hasSize(1);
    return layouts.getFirst();
  }
}
