package dev.roost.host.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.host.app.TestJar;
import dev.roost.spi.BindingDefinition;
import dev.roost.spi.FunctionDefinition;
import dev.roost.spi.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FunctionJsonReaderTest {
  private static final String TIMER =
      """
      {
        // comments and a trailing comma do no harm
        "scriptFile": "../app.jar", "entryPoint": "app.Functions.tick",
        "bindings": [{"type": "timerTrigger", "direction": "in", "name": "t", "schedule": "0 * * * * *"},]
      }
      """;

  @TempDir private Path folder;
  private final List<Path> files = new ArrayList<>();

  @Test
  void takesTheFunctionsNameFromItsFolder() throws Exception {
    write("Tick", TIMER);
    FunctionDefinition function = read(jar("")).functions().getFirst();
    assertThat(function.name()).isEqualTo("Tick");
    assertThat(function.scriptFile()).isEqualTo("../app.jar");
    assertThat(function.entryPoint()).isEqualTo("app.Functions.tick");
    assertThat(function.trigger().text("schedule")).contains("0 * * * * *");
    assertThat(function.trigger().properties().has("type")).isFalse();
  }

  @Test
  void keepsTypesAndPropertiesThatTheHostDoesNotKnow() throws Exception {
    write(
        "F",
        """
        {"entryPoint": "a.B.c", "bindings": [
          {"type": "sqlTrigger", "direction": "in", "name": "rows", "table": {"name": "dbo.Orders"}}]}
        """);
    BindingDefinition trigger = read(jar("")).functions().getFirst().trigger();
    assertThat(trigger.type()).isEqualTo("sqlTrigger");
    assertThat(trigger.properties().toString()).isEqualTo("{\"table\":{\"name\":\"dbo.Orders\"}}");
  }

  @Test
  void fillsWhatTheFileLeavesOpenFromRoostAnnotationsOnTheEntryPoint() throws Exception {
    write(
        "Tick",
        """
        {"entryPoint": "app.Functions.Nested.tick", "bindings": [
          {"type": "timerTrigger", "direction": "in", "name": "t", "schedule": "1", "TimeZone": "UTC"},
          {"type": "queue", "direction": "out", "name": "o", "queueName": "q"}]}
        """);
    String method =
        """
        @FunctionName("Tick")
        @dev.roost.annotations.Extra(timeZone = "Europe/Paris", limit = 5)
        @dev.roost.annotations.Mark @dev.roost.annotations.Key("{id}")
        public void tick(@TimerTrigger(name = "t", schedule = "2") String t,
            @QueueOutput(name = "o", queueName = "q") OutputBinding<String> o) {}
        """;
    List<Path> jars = List.of(jar("public static class Nested {" + method + "}"), annotations());
    Discovery read = new FunctionJsonReader(files, jars).read();
    assertThat(read.functions().getFirst().trigger().properties().toString())
        .isEqualTo(
            "{\"schedule\":\"1\",\"TimeZone\":\"UTC\",\"limit\":5,\"key\":\"{id}\",\"mark\":true}");
    assertThat(read.functions().getFirst().bindings().get(1).properties().toString())
        .isEqualTo("{\"queueName\":\"q\"}");
  }

  @Test
  void takesTheAnnotatedMethodOfSeveralWithOneName() throws Exception {
    write("Tick", TIMER);
    String methods =
        """
        @dev.roost.annotations.Extra(limit = 1) public void tick(int other) {}
        @FunctionName("Tick") @dev.roost.annotations.Extra(limit = 2)
        public void tick(@TimerTrigger(name = "t", schedule = "2") String t) {}
        """;
    Discovery read = new FunctionJsonReader(files, List.of(jar(methods), annotations())).read();
    assertThat(read.functions().getFirst().trigger().text("limit")).contains("2");
  }

  @Test
  void agreesWithTheScannerOnRoostAnnotations() throws Exception {
    write("Tick", TIMER);
    List<Path> jars =
        List.of(
            jar(
                """
                @FunctionName("Tick") @dev.roost.annotations.Extra(limit = 2)
                public void tick(@TimerTrigger(name = "t", schedule = "0 * * * * *")
                    @dev.roost.annotations.Mark String t) {}
                """),
            annotations());
    assertThat(new FunctionJsonReader(files, jars).read())
        .isEqualTo(new AnnotationScanner(folder, jars.subList(0, 1), jars.subList(1, 2)).scan());
  }

  /** Each function.json beside its problems as {@code key: found. remedy}. */
  static Stream<Arguments> broken() {
    String trigger =
        "{\"type\": \"queueTrigger\", \"direction\": \"in\", \"name\": \"m\", \"queueName\": \"q\"}";
    return Stream.of(
        broken("", "is empty. Write a JSON object with entryPoint and bindings."),
        broken(
            "{\"bindings\": [",
            "is not valid JSON (line 1, column 15: Unexpected end-of-input: expected close marker for"
                + " Array). Correct it there."),
        broken(
            "{}",
            "$.entryPoint: is missing. Write the method to call as package.Class.method.",
            "$.bindings: is missing. Write a list with the function's trigger and its inputs and"
                + " outputs."),
        broken("[]", "$: is a list. Write a JSON object with entryPoint and bindings."),
        broken(
            function("{\"type\": \"queueTrigger\", \"direction\": \"in\", \"name\": \"m\"}"),
            "$.bindings[0].queueName: is missing. Write the queue's name."),
        broken(
            function(
                "{\"type\": \"queueTrigger\", \"direction\": \"in\", \"name\": \"m\", \"queueName\": 5}"),
            "$.bindings[0].queueName: is a number: 5. Write the queue's name."),
        broken(
            function(
                "{\"type\": \"httpTrigger\", \"direction\": \"in\", \"name\": \"r\", \"authLevel\": \"guest\"}"),
            "$.bindings[0].authLevel: \"guest\" does not fit. Write anonymous, function or admin: who"
                + " may call."),
        broken(
            function(trigger + ", " + trigger.replace("\"m\"", "\"n\"")),
            "bindings: there are 2 triggers: queueTrigger, queueTrigger. Keep one; write a function"
                + " for each of the others."),
        broken(
            function(
                trigger
                    + ", {\"type\": \"queue\", \"direction\": \"in\", \"name\": \"$return\", \"queueName\": \"q\"}"),
            "$return: has direction 'in'. Write \"direction\": \"out\": a return value can only go"
                + " out."),
        broken(
            function(trigger.replace("\"in\"", "\"out\"")),
            "m: the trigger has direction 'out'. Write \"direction\": \"in\"."),
        broken(
            "{\"entryPoint\": \"a.B.c\", \"bindings\": ["
                + trigger
                + "], \"retry\": {\"strategy\": \"fixedDelay\", \"maxRetryCount\": 3}}",
            "$.retry.delayInterval: is missing. Write a time span, for example \"00:00:10\""
                + " (hh:mm:ss)."));
  }

  private static Arguments broken(String json, String... problems) {
    return Arguments.of(json, List.of(problems));
  }

  private static String function(String bindings) {
    return "{\"entryPoint\": \"a.B.c\", \"bindings\": [" + bindings + "]}";
  }

  @ParameterizedTest
  @MethodSource("broken")
  void rejectsABrokenFileAndKeepsTheOthers(String json, List<String> problems) throws Exception {
    Path file = write("Broken", json);
    write("Good", TIMER);
    Discovery read = read(jar(""));
    assertThat(read.functions()).extracting(FunctionDefinition::name).containsExactly("Good");
    assertThat(read.rejected()).extracting(RejectedFunction::name).containsExactly("Broken");
    assertThat(read.rejected().getFirst().problems())
        .extracting(Problem::line)
        .containsExactlyElementsOf(problems.stream().map(line -> file + ": " + line).toList());
  }

  @Test
  void rejectsAFunctionWhoseFolderIsNoFunctionName() throws Exception {
    write("my function", TIMER);
    assertThat(read(jar("")).rejected().getFirst().problems())
        .extracting(Problem::found)
        .containsExactly("'my function' is no function name");
  }

  private Path write(String name, String json) throws IOException {
    Path file = Files.createDirectories(folder.resolve(name)).resolve("function.json");
    Files.writeString(file, json);
    files.add(file);
    return file;
  }

  private Path jar(String methods) throws IOException {
    return TestJar.functions(methods).against(annotations()).jar(folder.resolve("app.jar"));
  }

  /** Additions of a Roost that is newer than this host. */
  private Path annotations() throws IOException {
    TestJar jar = new TestJar();
    for (String type :
        Arrays.asList(
            "Extra { String timeZone() default \"\"; int limit() default 0; }",
            "Mark {}",
            "Key { String value(); }")) {
      jar.type(
          "dev.roost.annotations." + type.substring(0, type.indexOf(' ')),
          "@java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME)"
              + " public @interface "
              + type);
    }
    return jar.jar(folder.resolve("lib/annotations.jar"));
  }

  private Discovery read(Path jar) {
    return new FunctionJsonReader(files, List.of(jar)).read();
  }
}
