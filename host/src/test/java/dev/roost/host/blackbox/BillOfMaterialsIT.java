package dev.roost.host.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The bill of materials in the distribution, against the jars that are really there. */
class BillOfMaterialsIT {
  private static final Path DISTRIBUTION = HostProcess.root().resolve("host/target/roost");
  private static final Path IMAGE = DISTRIBUTION.resolve("lib/image");

  @BeforeAll
  static void requireBill() {
    boolean made = isMade();
    if (!made) {
      System.out.println("The bill of materials is not tested: Maven makes it only online");
    }
    assumeTrue(made, "the bill is made by an online build");
  }

  static boolean isMade() {
    return Files.exists(DISTRIBUTION.resolve("roost.cdx.json"));
  }

  private static JsonNode bill() throws IOException {
    return bill(DISTRIBUTION.resolve("roost.cdx.json"));
  }

  private static JsonNode bill(Path file) throws IOException {
    return JsonMapper.builder().build().readTree(Files.readString(file));
  }

  /** What the build packed into the host's jar. */
  private static List<Path> packed() throws IOException {
    String list = Files.readString(HostProcess.root().resolve("host/target/libraries.txt"));
    return Stream.of(list.strip().split("\\|", -1)).map(Path::of).toList();
  }

  /** Each library but the host itself, which the bill is about; the image's have their own. */
  private static Set<String> libraries() throws IOException {
    Set<String> names = jars(DISTRIBUTION.resolve("lib/otel"));
    for (Path jar : packed()) {
      names.add(jar.getFileName().toString());
    }
    return names;
  }

  private static Set<String> classes(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      return file.stream()
          .map(ZipEntry::getName)
          .filter(name -> name.endsWith(".class") && !name.endsWith("module-info.class"))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  /** So that the list that the bill is held against is what is really there. */
  @Test
  void theHostsJarHoldsTheClassesOfItsLibrariesAndNoOther() throws IOException {
    assertThat(jars(DISTRIBUTION.resolve("lib")))
        .containsAll(jars(IMAGE))
        .contains("roost-host.jar");
    Set<String> shipped = classes(DISTRIBUTION.resolve("lib/roost-host.jar"));
    Set<String> expected = new TreeSet<>();
    for (Path jar : packed()) {
      expected.addAll(classes(jar));
    }
    assertThat(shipped).containsAll(expected);
    shipped.removeAll(expected);
    assertThat(shipped).isNotEmpty().allMatch(name -> name.startsWith("dev/roost/host/"));
  }

  private static Set<String> jars(Path folder) throws IOException {
    Set<String> names = new TreeSet<>();
    try (Stream<Path> files = Files.walk(folder)) {
      files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".jar"))
          .forEach(names::add);
    }
    return names;
  }

  private static String fileOf(JsonNode component) {
    String purl = component.path("purl").asText();
    int at = purl.indexOf("classifier=");
    String classifier = at < 0 ? "" : "-" + purl.substring(at + 11).split("&", 2)[0];
    return component.path("name").asText()
        + "-"
        + component.path("version").asText()
        + classifier
        + ".jar";
  }

  private static String sha256(JsonNode component) {
    for (JsonNode hash : component.path("hashes")) {
      if (hash.path("alg").asText().equals("SHA-256")) {
        return hash.path("content").asText();
      }
    }
    return "none";
  }

  @Test
  void namesEveryJarOfTheDistributionWithADigestAndNoOther() throws Exception {
    Map<String, String> named = new TreeMap<>();
    bill().path("components").forEach(component -> named.put(fileOf(component), sha256(component)));
    // The compiler alone sees it; its scope is that of the exporter's jars, which are shipped.
    named.keySet().removeIf(file -> file.startsWith("jspecify-"));
    assertThat(named.keySet()).isEqualTo(libraries());
    assertThat(named.values()).allMatch(digest -> digest.matches("[0-9a-f]{64}"));
  }

  @Test
  void theImageBuildersLibrariesHaveABillOfTheirOwn() throws Exception {
    Map<String, String> named = new TreeMap<>();
    bill(IMAGE.resolve("image.cdx.json"))
        .path("components")
        .forEach(component -> named.put(fileOf(component), sha256(component)));
    Set<String> shipped = jars(IMAGE);
    shipped.remove("roost-image.jar"); // which it is about
    assertThat(shipped).isNotEmpty();
    assertThat(named.keySet()).containsAll(shipped);
    assertThat(named.values()).allMatch(digest -> digest.matches("[0-9a-f]{64}"));
  }

  @Test
  void isCycloneDxAboutTheHostAndTellsLicences() throws Exception {
    JsonNode bill = bill();
    assertThat(bill.path("bomFormat").asText()).isEqualTo("CycloneDX");
    assertThat(bill.path("metadata").path("component").path("purl").asText())
        .startsWith("pkg:maven/dev.roost/roost-host@");
    Set<String> without = new TreeSet<>();
    for (JsonNode component : bill.path("components")) {
      if (component.path("licenses").isEmpty()) {
        without.add(component.path("group").asText() + ":" + component.path("name").asText());
      }
    }
    assertThat(without).as("jars whose licence the bill does not tell").isEmpty();
  }
}
