package dev.roost.host.cli;

import dev.roost.host.Host;
import dev.roost.host.HostOptions;
import dev.roost.spi.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A host that has read an app and starts nothing. */
final class Inspection {
  private Inspection() {}

  static Host of(AppPaths apps, Map<String, String> environment) {
    return of(apps.resolved(environment), environment);
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
