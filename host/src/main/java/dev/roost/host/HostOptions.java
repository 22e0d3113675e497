package dev.roost.host;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the command line asks of a host.
 *
 * @param apps the paths of the apps
 * @param port where to listen for HTTP, 0 for any free port
 * @param address the address to listen on
 * @param only the functions to run; empty for all
 * @param development true to run in Development whatever the folder says
 * @param environment the process's environment
 */
public record HostOptions(
    List<Path> apps,
    Optional<Integer> port,
    Optional<String> address,
    List<String> only,
    boolean development,
    Map<String, String> environment) {
  public HostOptions {
    apps = List.copyOf(apps);
    only = List.copyOf(only);
    environment = Map.copyOf(environment);
  }
}
