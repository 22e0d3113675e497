package dev.roost.host.app;

import dev.roost.host.discovery.AnnotationScanner;
import dev.roost.host.discovery.Discovery;
import dev.roost.host.discovery.FunctionJsonReader;
import dev.roost.host.discovery.RejectedFunction;
import dev.roost.spi.FunctionDefinition;
import dev.roost.spi.Problem;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The user's jars behind an API-only class loader, and the functions found in them. Finding loads
 * no class of the user; the loader is the app's alone. Closing closes the loader's jars.
 */
public final class FunctionApp implements AutoCloseable {
  private final AppLayout layout;
  private final Discovery discovery;
  private final AppClassLoader loader;

  private FunctionApp(AppLayout layout, Discovery discovery, AppClassLoader loader) {
    this.layout = layout;
    this.discovery = discovery;
    this.loader = loader;
  }

  /**
   * The apps that can run together in one process, with their functions found.
   *
   * @param environment of the user whose index of functions this start reads and fills
   * @param problems told of everything that keeps an app or a function from running
   */
  public static List<FunctionApp> load(
      List<AppLayout> layouts, Map<String, String> environment, Consumer<Problem> problems) {
    FunctionIndex index = FunctionIndex.of(environment);
    List<FunctionApp> apps = new ArrayList<>();
    for (AppLayout layout : Cohabitation.admit(layouts, problems)) {
      apps.add(open(layout, index));
    }
    List<FunctionApp> distinct = Cohabitation.distinctNames(apps);
    for (FunctionApp app : distinct) {
      if (app.functions().isEmpty() && app.rejected().isEmpty()) {
        problems.accept(
            new Problem(
                app.layout.root().toString(),
                "",
                "no function was found in its jars",
                "Annotate public methods with @FunctionName, build again, and give the folder that"
                    + " the build fills."));
      }
      app.rejected().stream()
          .map(RejectedFunction::problems)
          .flatMap(List::stream)
          .forEach(problems);
    }
    return distinct;
  }

  private static FunctionApp open(AppLayout layout, FunctionIndex index) {
    Discovery discovery = index.of(layout, () -> search(layout));
    List<URL> urls = layout.classPath().stream().map(FunctionApp::url).toList();
    AppClassLoader loader =
        new AppClassLoader(
            String.valueOf(layout.root().getFileName()), urls, FunctionApp.class.getClassLoader());
    return new FunctionApp(layout, discovery, loader);
  }

  private static Discovery search(AppLayout layout) {
    return layout.functionJsons().isEmpty()
        ? new AnnotationScanner(layout.root(), layout.appJars(), layout.libJars()).scan()
        : new FunctionJsonReader(layout.functionJsons(), layout.classPath()).read();
  }

  private static URL url(Path path) {
    try {
      return path.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalStateException("No URL for " + path, e);
    }
  }

  FunctionApp withDiscovery(Discovery other) {
    return new FunctionApp(layout, other, loader);
  }

  /** Where the app's parts lie. */
  public AppLayout layout() {
    return layout;
  }

  /** The functions that can be bound, by name. */
  public List<FunctionDefinition> functions() {
    return discovery.functions();
  }

  /** The functions that were found but can't run, with the reasons. */
  public List<RejectedFunction> rejected() {
    return discovery.rejected();
  }

  /** Loads the app's classes; to be the context class loader whenever user code runs. */
  public ClassLoader loader() {
    return loader;
  }

  @Override
  public void close() throws IOException {
    loader.close();
  }
}
