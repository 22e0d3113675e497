package dev.roost.host.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roost.host.app.TestJar;
import dev.roost.host.export.Manifests;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code roost export} of the packaged distribution. */
class ExportIT {
  private static final String IMAGE = "registry.example/samples:1";
  private static final String VAULT = "https://v.vault.azure.net";
  private static final String ENVIRONMENT =
      "/subscriptions/s/resourceGroups/g/providers/Microsoft.App/managedEnvironments/e";

  @TempDir private Path folder;

  /** What a command printed, each stream of its own. */
  private record Printed(int code, byte[] out, String err) {
    String text() {
      return new String(out, StandardCharsets.UTF_8);
    }

    Printed good() {
      assertThat(code).as(err).isZero();
      return this;
    }
  }

  private Printed export(String platform, Path app, String... more)
      throws IOException, InterruptedException {
    Path errors = folder.resolve("stderr");
    ProcessBuilder builder =
        new ProcessBuilder(
            HostProcess.root().resolve("host/target/roost/roost").toString(),
            "export",
            platform,
            app.toString(),
            "--image",
            IMAGE,
            "--name",
            "samples");
    builder.command().addAll(List.of(more));
    builder.redirectError(errors.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("AzureWebJobs"));
    builder.environment().put("ROOST_JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("AzureFunctionsWebHost__hostid", "samples");
    Process process = builder.start();
    byte[] out = process.getInputStream().readAllBytes();
    assertThat(process.waitFor(90, TimeUnit.SECONDS)).isTrue();
    return new Printed(process.exitValue(), out, Files.readString(errors));
  }

  private static void golden(String name, Printed printed) throws IOException {
    List<JsonNode> documents = Manifests.read(printed.good().text());
    assertThat(documents).isNotEmpty();
    documents.forEach(Manifests::check);
    Golden.compare(name, printed.out());
  }

  @Test
  void theSamplesForKubernetes() throws IOException, InterruptedException {
    golden("kubernetes.yaml", export("kubernetes", HostProcess.samples()));
  }

  @Test
  void theSamplesForKubernetesWithHttpOfItsOwn() throws IOException, InterruptedException {
    golden(
        "kubernetes-split-http.yaml", export("kubernetes", HostProcess.samples(), "--split-http"));
  }

  @Test
  void theSamplesForContainerApps() throws IOException, InterruptedException {
    golden(
        "containerapp.yaml",
        export(
            "containerapp",
            HostProcess.samples(),
            "--environment",
            ENVIRONMENT,
            "--key-vault",
            VAULT));
  }

  private Path app(String hostJson) throws IOException {
    Path app = Files.createDirectories(folder.resolve("app"));
    TestJar.functions(
            """
            @FunctionName("run")
            public void run(String m) { }
            """)
        .jar(app.resolve("app.jar"));
    Files.writeString(app.resolve("host.json"), hostJson);
    Files.writeString(
        app.resolve("local.settings.json"),
        """
        {"IsEncrypted": false, "Values": {
          "AzureWebJobsStorage": "DefaultEndpointsProtocol=https;AccountName=a;AccountKey=aGlkZGVuLWtleS0x",
          "Orders": "DefaultEndpointsProtocol=https;AccountName=b;AccountKey=aGlkZGVuLWtleS0y",
          "Bus": "Endpoint=sb://b.servicebus.windows.net;SharedAccessKeyName=n;SharedAccessKey=hidden-key-3",
          "Other": "hidden-key-4",
          "AzureWebJobs.Off.Disabled": "true"}}
        """);
    function(app, "Work", "queueTrigger", "'queueName': 'work', 'connection': 'Orders'");
    function(app, "Off", "queueTrigger", "'queueName': 'off', 'connection': 'Orders'");
    function(app, "Bus", "serviceBusTrigger", "'queueName': 'bus', 'connection': 'Bus'");
    function(app, "Unknown", "fancyTrigger", "'queueName': 'fancy'");
    function(app, "Broken", "queueTrigger", "'queueName': oops");
    return app;
  }

  private static void function(Path app, String name, String type, String keys) throws IOException {
    Files.createDirectories(app.resolve(name));
    Files.writeString(
        app.resolve(name).resolve("function.json"),
        """
        {'scriptFile': '../app.jar', 'entryPoint': 'app.Functions.run',
         'bindings': [{'type': '%s', 'direction': 'in', 'name': 'm', %s}]}
        """
            .formatted(type, keys)
            .replace('\'', '"'));
  }

  private static final String HOST_JSON =
      """
      {"version": "2.0", "extensions": {"queues": {"batchSize": 4}},
       "roost": {"timers": {"missedWebhook": "https://hooks.example/hidden-key-5"}%s}}
      """;

  @Test
  void aBrokenFunctionStopsNoOtherAndNoValueOfASettingIsShown()
      throws IOException, InterruptedException {
    Printed printed = export("kubernetes", app(HOST_JSON.formatted(""))).good();
    assertThat(printed.text()).contains("queueName: work").contains("connectionFromEnv: Orders");
    assertThat(printed.text()).contains("queueLength: \"6\"").doesNotContain("fancy");
    assertThat(printed.err()).contains("Broken").contains("Unknown").contains("Off is disabled");
    Manifests.read(printed.text()).forEach(Manifests::check);
    Printed other =
        export(
                "containerapp",
                folder.resolve("app"),
                "--environment",
                ENVIRONMENT,
                "--key-vault",
                VAULT)
            .good();
    for (String shown : List.of(printed.text(), printed.err(), other.text(), other.err())) {
      assertThat(shown).doesNotContain("hidden-key").doesNotContain("aGlkZGVu");
    }
  }

  @Test
  void aBrokenHostJsonOrABadValueThereIsRefusedAndNothingIsPrinted()
      throws IOException, InterruptedException {
    String bad = ", \"kubernetes\": {\"pollingInterval\": \"soon\"}";
    Printed printed = export("kubernetes", app(HOST_JSON.formatted(bad)));
    assertThat(printed.code()).isEqualTo(65);
    assertThat(printed.out()).isEmpty();
    assertThat(printed.err()).contains("roost.kubernetes.pollingInterval").contains("'soon'");
    Printed broken = export("kubernetes", app("{\"version\": \"2.0\", \"roost\": 7}"));
    assertThat(broken.code()).isEqualTo(65);
    assertThat(broken.out()).isEmpty();
    assertThat(broken.err()).contains("host.json").contains("roost");
  }
}
