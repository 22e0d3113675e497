package dev.roost.host.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.host.app.AppLayout;
import dev.roost.spi.image.ImageOrder.Layer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What of each shape of an app goes into its image, and where. */
class AppFilesTest {
  @TempDir private Path folder;

  private Path file(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, name);
  }

  private Path jar(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    new JarOutputStream(Files.newOutputStream(file)).close();
    return file;
  }

  /** The paths in the image of both layers. */
  private static List<List<String>> layers(Path given) throws IOException {
    AppLayout app =
        AppLayout.of(
                List.of(given),
                problem -> {
                  throw new AssertionError(problem.line());
                })
            .getFirst();
    return AppFiles.layers(given, app, "/app").stream()
        .map(layer -> layer.files().keySet().stream().sorted().toList())
        .toList();
  }

  @Test
  void takesTheWholeFolderButNoSecretsAndNoHistory() throws IOException {
    jar("shop.jar");
    jar("lib/dependency.jar");
    file("lib/native.so");
    file("host.json");
    file("Order/function.json");
    file("data/prices.csv");
    for (String secret :
        List.of(
            "local.settings.json",
            "Order/local.settings.json",
            ".env",
            "prod.env",
            ".git/config")) {
      file(secret);
    }

    assertThat(layers(folder))
        .containsExactly(
            List.of("/app/lib/dependency.jar"),
            List.of(
                "/app/Order/function.json",
                "/app/data/prices.csv",
                "/app/host.json",
                "/app/lib/native.so",
                "/app/shop.jar"));
  }

  @Test
  void takesOfAJarItselfAndItsLibraries() throws IOException {
    Path shop = jar("shop.jar");
    jar("other.jar");
    jar("lib/dependency.jar");
    file("notes.txt");

    assertThat(layers(shop))
        .containsExactly(List.of("/app/lib/dependency.jar"), List.of("/app/shop.jar"));
  }

  @Test
  void takesTheFolderAroundAJarThatHasAHostJson() throws IOException {
    Path shop = jar("shop.jar");
    file("host.json");

    assertThat(layers(shop)).containsExactly(List.of(), List.of("/app/host.json", "/app/shop.jar"));
  }

  @Test
  void bringsTheLibrariesBesideAFolderOfClassesIntoIt() throws IOException {
    file("classes/app/Shop.class");
    jar("lib/dependency.jar");

    assertThat(layers(folder.resolve("classes")))
        .containsExactly(List.of("/app/lib/dependency.jar"), List.of("/app/app/Shop.class"));
  }

  @Test
  void followsLinksToWhatTheyName() throws IOException {
    jar("elsewhere/shop.jar");
    Path app = Files.createDirectories(folder.resolve("app"));
    Files.createSymbolicLink(app.resolve("shop.jar"), folder.resolve("elsewhere/shop.jar"));

    List<Layer> layers =
        AppFiles.layers(app, AppLayout.of(List.of(app), _ -> {}).getFirst(), "/app");

    assertThat(layers.getLast().files()).containsOnlyKeys("/app/shop.jar");
  }
}
