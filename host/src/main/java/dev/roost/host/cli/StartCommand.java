package dev.roost.host.cli;

import dev.roost.host.log.LogOutput;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code roost start}: runs the functions until the process is told to end. */
@Command(
    name = "start",
    description = "Runs the functions of one or more apps.",
    mixinStandardHelpOptions = true)
final class StartCommand implements Callable<Integer> {
  @Mixin private AppPaths apps = new AppPaths();

  @Option(names = "--port", description = "Where to listen; 0 for any free port.")
  private Optional<Integer> port = Optional.empty();

  @Option(
      names = "--address",
      description = "The address to listen on. Default: 127.0.0.1 in Development, else 0.0.0.0.")
  private Optional<String> address = Optional.empty();

  @Option(
      names = "--functions",
      split = ",",
      paramLabel = "NAME",
      description = "Runs only these functions.")
  private List<String> only = List.of();

  @Option(names = "--dev", description = "Runs in Development: loopback, open, short polls.")
  private boolean development;

  @Option(
      names = "--log",
      paramLabel = "FORM",
      description = "text or json. Default: text on a terminal, else json.")
  private Optional<LogOutput.Form> log = Optional.empty();

  @Override
  public Integer call() throws InterruptedException {
    return asWritten().run();
  }

  /** What the command line said. */
  Start asWritten() {
    return new Start(apps.written(), port, address, only, development, log);
  }
}
