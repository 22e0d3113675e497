package dev.roost.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roost.spi.image.ImageBuilder;
import dev.roost.spi.image.ImageException;
import dev.roost.spi.image.ImageOrder;
import dev.roost.spi.image.ImageOrder.Layer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Images on a base of one layer, as archives and in a registry on loopback. */
class JibBuilderTest {
  @TempDir private Path folder;
  private Path base;
  private Path app;

  private final ImageBuilder builder =
      ServiceLoader.load(ImageBuilder.class).findFirst().orElseThrow();

  @BeforeEach
  void makeFiles() throws IOException {
    base = BaseImage.write(folder.resolve("base.tar"));
    app = Files.writeString(folder.resolve("app.jar"), "jar");
  }

  private ImageOrder order(String from, String to, @Nullable Path archive) {
    return new ImageOrder(
        from,
        to,
        "linux/amd64",
        Optional.ofNullable(archive),
        List.of(
            new Layer("libraries", Map.of("/app/lib/b.jar", app, "/app/lib/a.jar", app)),
            new Layer("empty", Map.of()),
            new Layer("app", Map.of("/app/app.jar", app))),
        Map.of("title", "shop"),
        true);
  }

  private static SavedImage saved(Path archive) throws IOException {
    try (InputStream in = Files.newInputStream(archive)) {
      return SavedImage.of(in);
    }
  }

  private static void check(SavedImage image) {
    assertThat(image.layers())
        .containsExactly(
            Map.of(BaseImage.FILE, "base"),
            Map.of("app/lib/a.jar", "jar", "app/lib/b.jar", "jar"),
            Map.of("app/app.jar", "jar"));
    assertThat(image.config().at("/config/User").asText()).isEqualTo("10001:10001");
    assertThat(image.config().at("/config/WorkingDir").asText()).isEqualTo("/app");
    assertThat(image.config().at("/config/Entrypoint").toString())
        .isEqualTo("[\"/opt/jre/bin/java\",\"-jar\",\"/opt/roost/lib/roost-host.jar\"]");
    assertThat(image.config().at("/config/Cmd").toString()).isEqualTo("[\"start\",\"/app\"]");
    assertThat(image.config().at("/config/Env").toString()).isEqualTo("[\"BASE=1\"]");
    assertThat(image.config().at("/config/Labels/base").asText()).isEqualTo("yes");
    assertThat(image.config().at("/config/Labels/title").asText()).isEqualTo("shop");
  }

  @Test
  void putsTheAppOnTopOfTheBaseAndKeepsWhatThatSays() throws Exception {
    Path archive = folder.resolve("out.tar");

    String digest = builder.build(order("tar://" + base, "registry/shop:1", archive));

    assertThat(digest).matches("sha256:[0-9a-f]{64}");
    check(saved(archive));
  }

  @Test
  void makesTheSameOfTheSameFilesWhateverTheirTimes() throws Exception {
    Path first = folder.resolve("1.tar");
    Path second = folder.resolve("2.tar");
    String digest = builder.build(order("tar://" + base, "registry/shop:1", first));
    Files.setLastModifiedTime(app, FileTime.from(Instant.EPOCH));

    assertThat(builder.build(order("tar://" + base, "registry/shop:1", second))).isEqualTo(digest);
    assertThat(second).hasSameBinaryContentAs(first);
    Files.writeString(app, "other");
    assertThat(builder.build(order("tar://" + base, "registry/shop:1", second)))
        .isNotEqualTo(digest);
  }

  @Test
  void pushesToARegistryAndTakesItsBaseFromOne() throws Exception {
    try (LoopbackRegistry registry = new LoopbackRegistry(folder)) {
      String own = registry.host() + "/team/roost:1";
      ImageOrder only =
          new ImageOrder(
              "tar://" + base, own, "linux/amd64", Optional.empty(), List.of(), Map.of(), true);
      builder.build(only);

      String digest = builder.build(order(own, registry.host() + "/team/shop:2", null));

      check(registry.image("2"));
      check(registry.image(digest));
    }
  }

  @Test
  void trustsNoUnknownCertificateUnlessItIsTold() throws Exception {
    try (LoopbackRegistry registry = new LoopbackRegistry(folder)) {
      String own = registry.host() + "/team/roost:1";
      builder.build(order("tar://" + base, own, null));
      Path out = folder.resolve("out.tar");
      ImageOrder careless = order(own, "registry/shop:2", out);
      ImageOrder careful =
          new ImageOrder(
              careless.from(),
              careless.to(),
              careless.platform(),
              careless.archive(),
              careless.layers(),
              Map.of(),
              false);

      assertThatThrownBy(() -> builder.build(careful))
          .isInstanceOf(ImageException.class)
          .hasMessageContaining("or give --allow-insecure");
      assertThat(out).doesNotExist();
      assertThat(builder.build(careless)).startsWith("sha256:");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          401 | Log in with `docker login`, or check the rights of that account.
          403 | Log in with `docker login`, or check the rights of that account.
          404 | was not built:
          """)
  void saysWhatTheRegistryAnswered(int status, String words) throws Exception {
    try (LoopbackRegistry registry = new LoopbackRegistry(folder)) {
      registry.refuse(status);
      String to = registry.host() + "/team/shop:2";

      assertThatThrownBy(() -> builder.build(order("tar://" + base, to, null)))
          .isInstanceOf(ImageException.class)
          .hasMessageContaining("'" + to + "' on 'tar://" + base + "'")
          .hasMessageContaining(words);
    }
  }

  @Test
  void saysWhatIsWrongWithNamesAndPlaces() {
    Path out = folder.resolve("out.tar");
    String from = "tar://" + base;
    assertThatThrownBy(() -> builder.build(order(from, "Bad Name!", out)))
        .hasMessageStartingWith("'Bad Name!' is no image reference. It reads registry/name:tag");
    assertThatThrownBy(
            () -> builder.build(order("tar://" + folder.resolve("no.tar"), "a/b:1", out)))
        .hasMessageEndingWith("no.tar' does not exist. Check the path.");
    assertThatThrownBy(() -> builder.build(order("localhost:1/roost:1", "a/b:1", out)))
        .hasMessageContaining("refused")
        .hasMessageEndingWith("Check the registry's name and port, and that it runs.");
    assertThat(out).doesNotExist();
  }
}
