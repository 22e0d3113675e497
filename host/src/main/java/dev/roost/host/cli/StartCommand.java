package dev.roost.host.cli;

import dev.roost.host.Host;
import dev.roost.host.HostOptions;
import dev.roost.host.log.LogLevels;
import dev.roost.host.log.LogOutput;
import dev.roost.spi.HostState;
import dev.roost.spi.Problem;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.ref.Reference;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
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
  private static final Logger LOG = System.getLogger("Host.Startup");

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
    Map<String, String> environment = Environment.variables();
    HostOptions options =
        new HostOptions(apps.resolved(environment), port, address, only, development, environment);
    Optional<Problem> refused = AppProcess.become(options);
    LogOutput.Form form = log.orElse(LogOutput.preferred(environment));
    LogOutput.install(form);
    refused.ifPresent(problem -> LOG.log(Level.WARNING, problem.line()));
    try (Emulator emulator = new Emulator(environment)) {
      return run(new Host(options), emulator);
    }
  }

  private static int run(Host host, Emulator emulator) throws InterruptedException {
    LogLevels levels = LogLevels.apply(host.logLevels());
    if (host.layoutsMissing()) {
      StartTable.problems(host);
      return Main.BAD_APP;
    }
    Signals.onTermination(host::stop);
    emulator.startIfNeeded(host.settings());
    Optional<InetSocketAddress> listening;
    try {
      listening = host.start();
    } catch (IOException e) {
      StartTable.problems(host);
      if (!(e instanceof UnknownHostException)) {
        LOG.log(Level.ERROR, notListening(e).line());
      }
      host.stop();
      return Main.NO_START;
    }
    StartTable.show(host, listening);
    try {
      host.awaitStopped();
    } finally {
      // The logging system forgets the level of a logger that nobody holds.
      Reference.reachabilityFence(levels);
    }
    return host.state() == HostState.STOPPED ? 0 : Main.NO_START;
  }

  private static Problem notListening(IOException e) {
    return new Problem(
        "the command line",
        "--port",
        String.valueOf(e.getMessage()),
        "Give another port, or 0 for any free one, or end the process that listens there.");
  }
}
