package dev.roost.host.cli;

import dev.roost.host.Host;
import dev.roost.host.HostOptions;
import dev.roost.spi.Problem;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A look at an app by a host that has read it and starts nothing. */
final class Inspection {
  @Mixin private AppPaths apps = new AppPaths();
  private CommandSpec spec = CommandSpec.create();

  @Spec(Spec.Target.MIXEE)
  void spec(CommandSpec given) {
    spec = given;
  }

  /** What a command looks for. */
  interface Look {
    /** Gives the exit code. */
    int at(Host host, PrintWriter out);
  }

  /** Reads the apps of the command line and looks. */
  int of(Look look) {
    Map<String, String> environment = Environment.variables();
    Host host = of(apps.resolved(environment), environment);
    int exit = look.at(host, spec.commandLine().getOut());
    host.stop();
    return exit;
  }

  static Host of(List<Path> apps, Map<String, String> environment) {
    HostOptions options =
        new HostOptions(apps, Optional.empty(), Optional.empty(), List.of(), false, environment);
    // The app's own services are made to check it: they expect its settings and its folder.
    Optional<Problem> refused = AppProcess.become(options);
    Host host = new Host(options);
    refused.ifPresent(host.problems()::add);
    host.load();
    return host;
  }
}
