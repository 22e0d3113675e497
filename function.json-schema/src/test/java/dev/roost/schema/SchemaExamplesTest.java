package dev.roost.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every file in {@code examples} against its schema. */
class SchemaExamplesTest {
  private static final Path EXAMPLES = Path.of("examples");
  private static final List<String> KINDS = List.of("function.json", "host.json");
  private static final JsonMapper JSON = new JsonMapper();

  static Stream<Arguments> good() throws IOException {
    List<Arguments> files = new ArrayList<>();
    for (String kind : KINDS) {
      for (Path file : jsonFiles(EXAMPLES.resolve(kind).resolve("good"))) {
        files.add(Arguments.of(kind, file));
      }
    }
    return files.stream();
  }

  static Stream<Arguments> bad() throws IOException {
    List<Arguments> rows = new ArrayList<>();
    for (String kind : KINDS) {
      Path folder = EXAMPLES.resolve(kind).resolve("bad");
      for (String row : expected(folder)) {
        String[] cells = row.split(",", -1);
        rows.add(Arguments.of(kind, folder.resolve(cells[0] + ".json"), cells[1], cells[2]));
      }
    }
    return rows.stream();
  }

  @ParameterizedTest
  @MethodSource("good")
  void acceptsAGoodFile(String kind, Path file) throws IOException {
    assertThat(errors(kind, file)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("bad")
  void tellsWhereABadFileIsWrong(String kind, Path file, String path, String keyword)
      throws IOException {
    assertThat(errors(kind, file)).containsExactly(path + " " + keyword);
  }

  @ParameterizedTest
  @ValueSource(strings = {"function.json", "host.json"})
  void hasAnExpectationForEveryBadFile(String kind) throws IOException {
    Path folder = EXAMPLES.resolve(kind).resolve("bad");
    List<String> named =
        expected(folder).stream().map(row -> row.substring(0, row.indexOf(',')) + ".json").toList();
    assertThat(jsonFiles(folder))
        .extracting(file -> file.getFileName().toString())
        .containsExactlyInAnyOrderElementsOf(named)
        .hasSizeGreaterThanOrEqualTo(15);
  }

  @ParameterizedTest
  @ValueSource(strings = {"function.json", "host.json"})
  void isItselfASchemaOfDraft202012(String kind) throws IOException {
    JsonSchema meta =
        JsonSchemaFactory.getInstance(VersionFlag.V202012)
            .getSchema(SchemaLocation.of(VersionFlag.V202012.getId()));
    assertThat(meta.validate(source(kind))).isEmpty();
  }

  private static List<String> errors(String kind, Path file) throws IOException {
    SchemaValidatorsConfig config =
        SchemaValidatorsConfig.builder().pathType(PathType.JSON_PATH).build();
    JsonSchema schema =
        JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(source(kind), config);
    return schema.validate(JSON.readTree(Files.readString(file))).stream()
        .map(SchemaExamplesTest::line)
        .toList();
  }

  private static String line(ValidationMessage message) {
    boolean missing = message.getType().equals("required");
    return message.getInstanceLocation()
        + (missing ? "." + message.getProperty() : "")
        + " "
        + message.getType();
  }

  private static JsonNode source(String kind) throws IOException {
    String resource = "/dev/roost/schema/" + kind + ".schema.json";
    try (InputStream in =
        Objects.requireNonNull(SchemaExamplesTest.class.getResourceAsStream(resource))) {
      return JSON.readTree(in);
    }
  }

  private static List<String> expected(Path folder) throws IOException {
    return Files.readAllLines(folder.resolve("expected.csv")).stream().skip(1).toList();
  }

  private static List<Path> jsonFiles(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
  }
}
