package dev.roost.host.cli;

import dev.roost.host.Host;
import dev.roost.host.HostOptions;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A host that has read an app and starts nothing. */
final class Inspection {
  private Inspection() {}

  static Host of(AppPaths apps, Map<String, String> environment) {
    Host host =
        new Host(
            new HostOptions(
                apps.resolved(environment),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                false,
                environment));
    host.load();
    return host;
  }
}
