package dev.roost.host.cli;

import dev.roost.spi.Settings;
import java.io.File;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Starts Azurite for an app that wants the storage emulator when none answers; ends it again. */
final class Emulator implements AutoCloseable {
  private static final Logger LOG = System.getLogger("Host.Startup");
  private static final List<Integer> PORTS = List.of(10_000, 10_001, 10_002);
  private static final String SETSID = "/usr/bin/setsid";
  private static final int ANSWER_MILLIS = 500;

  /** Generous: the first start installs Azurite with npm. */
  private static final long LONGEST_START_SECONDS = 180;

  private final Map<String, String> environment;
  private @Nullable Process process;

  Emulator(Map<String, String> environment) {
    this.environment = environment;
  }

  void startIfNeeded(Settings settings) throws InterruptedException {
    boolean wanted =
        settings
            .get("AzureWebJobsStorage")
            .map(value -> value.replace(" ", "").replaceAll(";$", ""))
            .filter("UseDevelopmentStorage=true"::equalsIgnoreCase)
            .isPresent();
    if (!wanted || PORTS.stream().allMatch(Emulator::answers)) {
      return;
    }
    String script = environment.getOrDefault("ROOST_AZURITE", "");
    if (script.isEmpty()) {
      LOG.log(
          Level.WARNING,
          "The settings: AzureWebJobsStorage: is UseDevelopmentStorage=true, but no emulator"
              + " answers on 127.0.0.1:10000. Start one with: npx azurite");
      return;
    }
    LOG.log(Level.INFO, "Starting Azurite (its first start installs it with npm)");
    try {
      start(script);
    } catch (IOException e) {
      LOG.log(Level.WARNING, "Azurite could not be started: {0}", e.getMessage());
    }
  }

  private void start(String script) throws IOException, InterruptedException {
    File data = new File(environment.getOrDefault("ROOST_AZURITE_DATA", ".roost/azurite"));
    if (!data.isDirectory() && !data.mkdirs()) {
      throw new IOException("the folder " + data.getAbsolutePath() + " can't be made");
    }
    List<String> command = new ArrayList<>();
    if (new File(SETSID).canExecute()) {
      // Ctrl-C goes to the terminal's whole group; the emulator must outlive the drain.
      command.add(SETSID);
    }
    command.addAll(
        List.of(
            script,
            "--silent",
            "--skipApiVersionCheck",
            "--disableTelemetry",
            "--location",
            data.getAbsolutePath()));
    Process started =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(new File(data, "azurite.log"))
            .start();
    process = started;
    // A host that is killed leaves it running for the next; one that ends takes it along.
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(this::close));
    for (long half = 0; half < LONGEST_START_SECONDS * 2; half++) {
      if (PORTS.stream().allMatch(Emulator::answers)) {
        LOG.log(
            Level.INFO,
            "Azurite answers on 127.0.0.1:10000 to 10002; data in {0}",
            data.getAbsolutePath());
        return;
      }
      if (started.waitFor(500, TimeUnit.MILLISECONDS)) {
        throw new IOException(
            "it ended with code "
                + started.exitValue()
                + "; see "
                + new File(data, "azurite.log").getAbsolutePath());
      }
    }
    throw new IOException("it did not answer within " + LONGEST_START_SECONDS + " s");
  }

  private static boolean answers(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), ANSWER_MILLIS);
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  @Override
  public void close() {
    if (process != null) {
      process.destroy();
    }
  }
}
