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

  @Test
  void refusesAnUnknownOption() throws IOException, InterruptedException {
    Ended ended = run(HostProcess.root().resolve("roost"), "start", "--prot", "1");
    assertThat(ended.output()).contains("Unknown option: '--prot'");
    assertThat(ended.code()).isNotZero();
  }
}
