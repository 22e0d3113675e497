package dev.roost.host.app;

import dev.roost.spi.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Where the parts of one app lie. Every path is absolute.
 *
 * @param root the app's folder, in which its functions expect to run
 * @param appJars the jars (or the one folder of classes) with the app's own code
 * @param libJars the jars of its {@code lib} folder
 * @param hostJson the app's host.json, if it has one
 * @param localSettings the app's local.settings.json, if it has one
 * @param functionJsons each {@code <Function>/function.json}; when there are any, they alone say
 *     which functions there are
 */
public record AppLayout(
    Path root,
    List<Path> appJars,
    List<Path> libJars,
    Optional<Path> hostJson,
    Optional<Path> localSettings,
    List<Path> functionJsons) {

  public AppLayout {
    appJars = List.copyOf(appJars);
    libJars = List.copyOf(libJars);
    functionJsons = List.copyOf(functionJsons);
  }

  /**
   * The layouts behind the paths of a command line: one app for each path. A path that can't be
   * used is reported and left out.
   */
  public static List<AppLayout> of(List<Path> paths, Consumer<Problem> problems) {
    List<AppLayout> layouts = new ArrayList<>();
    for (Path path : paths) {
      new LayoutFinder(problems).find(path.toAbsolutePath().normalize()).ifPresent(layouts::add);
    }
    return List.copyOf(layouts);
  }

  /** The app's class path: its own jars before its libraries. */
  public List<Path> classPath() {
    List<Path> all = new ArrayList<>(appJars);
    all.addAll(libJars);
    return List.copyOf(all);
  }

  /** True when the app is a folder with a host.json, whose functions may read files beside it. */
  public boolean needsWorkingDirectory() {
    return hostJson.isPresent();
  }
}
