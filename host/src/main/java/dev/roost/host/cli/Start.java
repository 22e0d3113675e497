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
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One start: the functions run until the process is told to end.
 *
 * @param apps as they were written
 * @param port where to listen, 0 for any free one
 * @param address to listen on
 * @param only these functions; empty for all
 * @param development true when asked for
 * @param log the form of the log, when one was asked for
 */
record Start(
    List<Path> apps,
    Optional<Integer> port,
    Optional<String> address,
    List<String> only,
    boolean development,
    Optional<LogOutput.Form> log) {
  private static final Logger LOG = System.getLogger("Host.Startup");

  /** Returns the exit code of the process when the host has stopped. */
  int run() throws InterruptedException {
    Map<String, String> environment = Environment.variables();
    List<Path> resolved = AppPaths.resolved(apps, environment);
    HostOptions options = new HostOptions(resolved, port, address, only, development, environment);
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
