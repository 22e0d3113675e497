package dev.roost.host.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Parameters;

/** The apps of a command line, wherever the process's working directory has gone since. */
final class AppPaths {
  /** Where the user stood when the process replaced itself. */
  static final String INVOKED_IN = "ROOST_INVOKED_IN";

  @Parameters(
      paramLabel = "APP",
      arity = "0..*",
      description =
          "A jar, a folder of jars or classes, or the folder that azure-functions-maven-plugin"
              + " makes. Default: $AzureWebJobsScriptRoot, or the current folder.")
  private List<Path> apps = List.of();

  /** As they stand there. */
  List<Path> written() {
    return apps;
  }

  List<Path> resolved(Map<String, String> environment) {
    return resolved(apps, environment);
  }

  static List<Path> resolved(List<Path> apps, Map<String, String> environment) {
    List<Path> named =
        apps.isEmpty()
            ? List.of(
                Path.of(
                    environment.getOrDefault(
                        "ROOST_DEFAULT_APP",
                        environment.getOrDefault("AzureWebJobsScriptRoot", ""))))
            : apps;
    return named.stream().map(path -> file(path, environment)).toList();
  }

  /** Any file that a user names, as it stood there. */
  static Path file(Path named, Map<String, String> environment) {
    return Path.of(environment.getOrDefault(INVOKED_IN, ""))
        .toAbsolutePath()
        .resolve(named)
        .normalize();
  }
}
