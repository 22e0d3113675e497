package dev.roost.host.cli;

import dev.roost.host.Host;
import dev.roost.host.HostOptions;
import dev.roost.host.log.LogLevels;
import dev.roost.host.log.LogOutput;
import dev.roost.host.scale.ScaleEndpoint;
import dev.roost.spi.HostState;
import dev.roost.spi.Problem;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.ref.Reference;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code roost scaler}: counts what waits for an app of which perhaps no host runs. */
@Command(
    name = "scaler",
    description = {
      "Serves how many hosts an app needs, and runs none of its functions.",
      "GET /" + ScaleEndpoint.PATH + " with the system key scale_extension."
    },
    mixinStandardHelpOptions = true)
final class ScalerCommand implements Callable<Integer> {
  private static final Logger LOG = System.getLogger("Host.Startup");

  @Mixin private AppPaths apps = new AppPaths();

  @Option(names = "--port", description = "Where to listen; 0 for any free port.")
  private Optional<Integer> port = Optional.empty();

  @Option(names = "--address", description = "The address to listen on.")
  private Optional<String> address = Optional.empty();

  @Option(names = "--log", paramLabel = "FORM", description = "text or json.")
  private Optional<LogOutput.Form> log = Optional.empty();

  @Override
  public Integer call() throws InterruptedException {
    Map<String, String> environment = Environment.variables();
    HostOptions options =
        new HostOptions(apps.resolved(environment), port, address, List.of(), false, environment);
    Optional<Problem> refused = AppProcess.become(options);
    LogOutput.install(log.orElse(LogOutput.preferred(environment)));
    refused.ifPresent(problem -> LOG.log(Level.WARNING, problem.line()));
    Host host = new Host(options);
    LogLevels levels = LogLevels.apply(host.logLevels());
    if (host.layoutsMissing()) {
      StartTable.problems(host);
      return Main.BAD_APP;
    }
    Signals.onTermination(host::stop);
    try {
      Optional<InetSocketAddress> listening = host.watch();
      StartTable.show(host, listening);
      host.awaitStopped();
      return host.state() == HostState.STOPPED ? 0 : Main.NO_START;
    } catch (IOException e) {
      StartTable.problems(host);
      LOG.log(Level.ERROR, "The scaler can''t listen: {0}", e.getMessage());
      host.stop();
      return Main.NO_START;
    } finally {
      Reference.reachabilityFence(levels);
    }
  }
}
