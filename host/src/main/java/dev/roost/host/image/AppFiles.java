package dev.roost.host.image;

import dev.roost.host.app.AppLayout;
import dev.roost.spi.image.ImageOrder.Layer;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The files of an app in its image: all that lies in its folder, or its jar with its libraries.
 * Never what a developer's machine keeps beside them: {@code local.settings.json} and {@code .env}
 * files hold secrets, {@code .git} the app's history.
 */
public final class AppFiles {
  private static final Set<String> LEFT_OUT = Set.of("local.settings.json", ".git", ".DS_Store");

  private AppFiles() {}

  /**
   * The layers of an app: its libraries, which seldom change, below the rest.
   *
   * @param given what the user named: a folder, or a jar
   * @param into the folder in the image, absolute
   */
  public static List<Layer> layers(Path given, AppLayout app, String into) throws IOException {
    Map<String, Path> libraries = new HashMap<>();
    for (Path jar : app.libJars()) {
      libraries.put(into + "/" + inside(app, jar), jar);
    }
    Map<String, Path> own = new HashMap<>();
    for (Path file : files(given, app)) {
      String place = into + "/" + inside(app, file);
      if (!libraries.containsKey(place)) {
        own.put(place, file);
      }
    }
    return List.of(new Layer("libraries", libraries), new Layer("app", own));
  }

  private static List<Path> files(Path given, AppLayout app) throws IOException {
    if (!Files.isDirectory(given) && app.hostJson().isEmpty()) {
      return app.appJars();
    }
    try (Stream<Path> all = Files.walk(app.root(), FileVisitOption.FOLLOW_LINKS)) {
      return all.filter(file -> Files.isRegularFile(file) && goesIn(app.root().relativize(file)))
          .toList();
    }
  }

  private static boolean goesIn(Path inside) {
    for (Path part : inside) {
      String name = part.toString();
      if (LEFT_OUT.contains(name) || name.endsWith(".env")) {
        return false;
      }
    }
    return true;
  }

  /** A folder of classes may have its libraries beside it: in the image they lie in it. */
  private static String inside(AppLayout app, Path file) {
    Path path =
        file.startsWith(app.root())
            ? app.root().relativize(file)
            : Path.of("lib").resolve(file.getFileName());
    return path.toString().replace('\\', '/');
  }
}
