package dev.roost.storage.poison;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a command looks, and how it answers. */
final class Place {
  @Option(
      names = "--app",
      paramLabel = "PATH",
      description = "The app whose functions and settings count. Default: the current folder.")
  private @Nullable Path app;

  @Option(
      names = "--connection",
      paramLabel = "NAME",
      description = "The connection of the queue. Default: that of the function, else Storage.")
  private @Nullable String connection;

  @Option(names = "--json", description = "Answers in JSON.")
  private boolean json;

  List<Path> apps() {
    return Optional.ofNullable(app).map(List::of).orElse(List.of());
  }

  Optional<String> connection() {
    return Optional.ofNullable(connection);
  }

  boolean json() {
    return json;
  }
}
