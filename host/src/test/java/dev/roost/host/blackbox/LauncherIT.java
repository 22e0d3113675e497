package dev.roost.host.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The {@code roost} script. */
class LauncherIT {
  /** From a jar that is signed where it comes from: no cache takes the classes of such a jar. */
  private static final String OF_SIGNED_JAR = "com.microsoft.azure.functions.HttpRequestMessage";

  @TempDir private Path folder;

  private record Ended(int code, String output) {}

  private static Ended run(Path script, String... args) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(script.toString());
    builder.command().addAll(java.util.List.of(args));
    builder.redirectErrorStream(true);
    builder.environment().put("ROOST_JAVA_HOME", System.getProperty("java.home"));
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(90, TimeUnit.SECONDS)).isTrue();
    return new Ended(process.exitValue(), output);
  }

  @Test
  void tellsTheVersion() throws IOException, InterruptedException {
    Ended ended = run(HostProcess.root().resolve("roost"), "--version");
    assertThat(ended.output()).startsWith("roost 0.").contains("on Java 25");
    assertThat(ended.code()).isZero();
  }

  @Test
  void isFoundThroughALink() throws IOException, InterruptedException {
    Path link = folder.resolve("roost-link");
    Files.createSymbolicLink(link, HostProcess.root().resolve("roost"));
    assertThat(run(link, "--help").output()).contains("Runs Azure Functions written in Java.");
  }

  @Test
  void listsTheSamplesWithoutAnApp() throws IOException, InterruptedException {
    Ended ended = run(HostProcess.root().resolve("roost"), "list");
    assertThat(ended.output()).contains("Greeting").contains("Relay").contains("Mirror");
    assertThat(ended.code()).isZero();
  }

  @Test
  void findsNoProblemInTheSamples() throws IOException, InterruptedException {
    Ended ended = run(HostProcess.root().resolve("roost"), "validate");
    assertThat(ended.output()).contains("0 problems");
    assertThat(ended.code()).isZero();
  }

  /** In mode {@code on} the JVM refuses to start without a cache that fits it and its jars. */
  @Test
  void startsFromTheCacheThatTheBuildTrainedAndEndsWithZeroAfterSigterm()
      throws IOException, InterruptedException {
    HostProcess.Command command =
        HostProcess.command(
                "start", HostProcess.samples().toString(), "--port", "0", "--functions", "Greeting")
            .byScript()
            .with("AzureWebJobsStorage", "") // its functions need none
            .with(
                "ROOST_JAVA_OPTS",
                "-XX:AOTMode=on -Xlog:aot=warning -Xlog:class+load:file=" + folder + "/loaded");
    try (HostProcess host = command.started()) {
      assertThat(host.get("/api/greetings/Ada").statusCode()).isEqualTo(200);
      assertThat(host.terminate()).as(String.join("\n", host.lines())).isZero();
    }
    assertThat(folder.resolve("loaded"))
        .content()
        .contains("dev.roost.host.Host source: shared objects file")
        .contains(OF_SIGNED_JAR + " source: shared objects file");
  }

  @Test
  void startsWithoutTheCacheWhereTheJvmDoesNotFitIt() throws IOException, InterruptedException {
    HostProcess.Command command =
        HostProcess.command("--version")
            .byScript()
            .with("ROOST_JAVA_OPTS", "-XX:-UseCompressedOops");
    try (HostProcess host = command.start()) {
      assertThat(host.exitCode()).isZero();
      assertThat(host.lines()).allMatch(line -> line.matches("roost 0.*|on Java 25.*"));
    }
  }

  @Test
  void refusesAnUnknownOption() throws IOException, InterruptedException {
    Ended ended = run(HostProcess.root().resolve("roost"), "start", "--prot", "1");
    assertThat(ended.output()).contains("Unknown option: '--prot'");
    assertThat(ended.code()).isEqualTo(2);
  }
}
