package dev.roost.host.cli;

import dev.roost.host.Host;
import dev.roost.spi.FunctionDefinition;
import dev.roost.spi.HostServices;
import dev.roost.spi.Problem;
import dev.roost.spi.ReadApp;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A host that is never started, lent to a binding's command.
 *
 * @param read the host
 */
record ReadHost(Host read) implements ReadApp {

  static ReadApp read(List<Path> apps) {
    Map<String, String> environment = Environment.variables();
    return new ReadHost(Inspection.of(AppPaths.resolved(apps, environment), environment));
  }

  @Override
  public List<FunctionDefinition> functions() {
    return read.definitions();
  }

  @Override
  public List<Problem> problems() {
    return read.problems();
  }

  @Override
  public HostServices host() {
    return read.services();
  }

  @Override
  public void close() {
    read.stop();
  }
}
