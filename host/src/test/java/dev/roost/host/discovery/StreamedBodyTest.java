package dev.roost.host.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.host.app.TestJar;
import dev.roost.spi.BindingDefinition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which parameters read a request while it arrives; alike from annotations and function.json. */
class StreamedBodyTest {
  @TempDir private Path folder;

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "@HttpTrigger(name = \"r\") HttpRequestMessage<java.io.InputStream> r | stream",
        "@HttpTrigger(name = \"r\") HttpRequestMessage<Optional<java.io.InputStream>> r | stream",
        "@HttpTrigger(name = \"r\", dataType = \"binary\") HttpRequestMessage<java.io.InputStream>"
            + " r | binary",
        "@HttpTrigger(name = \"r\") HttpRequestMessage<String> r | ''",
        "@HttpTrigger(name = \"r\") HttpRequestMessage<Optional<String>> r | ''",
        "@HttpTrigger(name = \"r\") HttpRequestMessage<List<java.io.InputStream>> r | ''",
        "@HttpTrigger(name = \"r\") java.io.InputStream r | ''",
      })
  void aRequestMessageOfAStreamIsReadWhileItArrives(String parameter, String dataType)
      throws Exception {
    Path jar =
        TestJar.functions("@FunctionName(\"F\") public void f(" + parameter + ") {}")
            .jar(folder.resolve("app.jar"));
    Path file = Files.createDirectories(folder.resolve("F")).resolve("function.json");
    Files.writeString(
        file,
        """
        {"scriptFile": "../app.jar", "entryPoint": "app.Functions.f", "bindings": [
          {"type": "httpTrigger", "direction": "in", "name": "r", "authLevel": "FUNCTION"%s}]}
        """
            .formatted(dataType.equals("binary") ? ", \"dataType\": \"binary\"" : ""));

    Discovery scanned = new AnnotationScanner(folder, List.of(jar), List.of()).scan();
    Discovery read = new FunctionJsonReader(List.of(file), List.of(jar)).read();

    for (Discovery discovery : List.of(scanned, read)) {
      BindingDefinition trigger = discovery.functions().getFirst().trigger();
      assertThat(trigger.text("dataType").orElse("")).isEqualTo(dataType);
    }
  }
}
