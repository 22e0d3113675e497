package dev.roost.emulator.cli;

import dev.roost.emulator.ServiceBusEmulator;
import dev.roost.emulator.config.BadConfig;
import dev.roost.emulator.config.ConfigFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs an emulator until the process is ended. */
@Command(
    name = "servicebus-emulator",
    description = "Runs a Service Bus namespace in memory, for this machine only.",
    mixinStandardHelpOptions = true)
final class EmulatorCommand implements Callable<Integer> {
  private static final int BAD_CONFIG = 65;
  private static final int NO_START = 69;

  @Parameters(
      paramLabel = "Config.json",
      arity = "0..1",
      description = "Names queues, topics and subscriptions, as for Microsoft's emulator.",
      defaultValue = "Config.json")
  private Path file = Path.of("Config.json");

  @Option(
      names = "--port",
      description = "Where to listen; 0 for any free port.",
      defaultValue = "5672",
      showDefaultValue = Visibility.ALWAYS)
  private int port;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    try {
      ConfigFile config = ConfigFile.read(file);
      config.ignored().forEach(key -> err.println(file + ": " + key + " is ignored"));
      try (ServiceBusEmulator emulator =
          ServiceBusEmulator.builder().entities(config.entities()).port(port).start()) {
        config.entities().queues().forEach(queue -> out.println("queue  " + queue.name()));
        config.entities().topics().forEach(topic -> out.println("topic  " + topic.name()));
        out.println(emulator.connectionString());
        out.flush();
        // Until the process is told to end: everything is in memory, so nothing is left to do.
        new CountDownLatch(1).await();
      }
      return 0;
    } catch (BadConfig e) {
      err.println(e.getMessage());
      return BAD_CONFIG;
    } catch (UncheckedIOException e) {
      err.println(e.getMessage());
      return NO_START;
    } catch (IOException e) {
      err.println(
          file + " cannot be read (" + e.getMessage() + "): name a file that lists the entities");
      return BAD_CONFIG;
    }
  }
}
