package dev.roost.host.cli;

import dev.roost.host.HostOptions;
import dev.roost.host.app.AppLayout;
import dev.roost.host.config.LocalSettings;
import dev.roost.host.launch.Relaunch;
import dev.roost.spi.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Gives the process what the app expects of it: the Values of local.settings.json as environment
 * variables and the app's folder as working directory.
 */
final class AppProcess {
  private AppProcess() {}

  /**
   * Replaces the process when something is missing; returns when nothing is, or when the system
   * refused.
   *
   * @return what keeps user code from seeing its settings; empty when all is well
   */
  static Optional<Problem> become(HostOptions options) {
    Map<String, String> environment = options.environment();
    if (environment.containsKey(AppPaths.INVOKED_IN)) {
      return Optional.empty();
    }
    // Problems are told by the host, which reads the same files again.
    List<AppLayout> layouts = AppLayout.of(options.apps(), problem -> {});
    Path here = Path.of("").toAbsolutePath().normalize();
    Map<String, String> wanted = new LinkedHashMap<>(environment);
    for (AppLayout layout : layouts) {
      layout
          .localSettings()
          .map(file -> LocalSettings.read(file, problem -> {}))
          .map(local -> LocalSettings.additions(local, wanted))
          .ifPresent(wanted::putAll);
    }
    Path root = workingDirectory(layouts).orElse(here);
    if (root.equals(here) && wanted.equals(environment)) {
      return Optional.empty();
    }
    Set<String> local = new TreeSet<>(wanted.keySet());
    local.removeAll(environment.keySet());
    wanted.putAll(LocalSettings.mark(local));
    wanted.put(AppPaths.INVOKED_IN, here.toString());
    if (!"UTF-8".equalsIgnoreCase(System.getProperty("sun.jnu.encoding"))) {
      // The new process would read our UTF-8 values in the machine's poorer encoding.
      wanted.put("LC_ALL", "C.UTF-8");
    }
    try {
      Relaunch.into(wanted, root);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(
          new Problem(
              "the process",
              "",
              "could not take the app's settings and folder: " + e.getMessage(),
              "Set the variables and change to the app's folder before you start it."));
    }
  }

  private static Optional<Path> workingDirectory(List<AppLayout> layouts) {
    return layouts.size() == 1
        ? Optional.of(layouts.getFirst().root())
        : layouts.stream()
            .filter(AppLayout::needsWorkingDirectory)
            .map(AppLayout::root)
            .findFirst();
  }
}
