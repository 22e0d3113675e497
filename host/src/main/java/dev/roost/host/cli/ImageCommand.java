package dev.roost.host.cli;

import dev.roost.host.Version;
import dev.roost.host.app.AppLayout;
import dev.roost.host.image.AppFiles;
import dev.roost.host.image.Images;
import dev.roost.spi.Problem;
import dev.roost.spi.image.ImageException;
import dev.roost.spi.image.ImageOrder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code roost image}: the container image of an app, built without Docker. */
@Command(
    name = "image",
    description =
        "Builds the container image of an app on top of a base image, and pushes it or writes it to"
            + " a file. Needs no Docker; credentials are those of `docker login`.",
    mixinStandardHelpOptions = true)
final class ImageCommand implements Callable<Integer> {
  /** Where the base image expects the app. */
  private static final String PLACE = "/app";

  private static final String ARCHIVE = "tar://";

  @Mixin private AppPaths apps = new AppPaths();

  @Option(
      names = "--from",
      paramLabel = "BASE",
      required = true,
      description = "The base image: registry/roost:tag, or tar://FILE as `docker save` makes it.")
  private String from = "";

  @Option(
      names = "--to",
      paramLabel = "NAME",
      required = true,
      description = "The image's name: registry/app:tag.")
  private String to = "";

  @Option(
      names = "--tar",
      paramLabel = "FILE",
      description = "Writes a file for `docker load` instead of pushing.")
  private @Nullable Path archive;

  @Option(
      names = "--platform",
      paramLabel = "OS/ARCH",
      description = "Default: ${DEFAULT-VALUE}.",
      defaultValue = "linux/amd64")
  private String platform = "";

  @Option(
      names = "--allow-insecure",
      description = "Speaks to registries without TLS or with a certificate that is not valid.")
  private boolean insecure;

  private CommandSpec spec = CommandSpec.create();

  @Spec
  void spec(CommandSpec given) {
    spec = given;
  }

  @Override
  public Integer call() throws InterruptedException {
    Map<String, String> environment = Environment.variables();
    List<Path> given = apps.resolved(environment);
    if (given.size() != 1) {
      throw new ParameterException(
          spec.commandLine(), "An image holds one app, and %d were given".formatted(given.size()));
    }
    List<AppLayout> found = AppLayout.of(given, this::tell);
    if (found.isEmpty()) {
      return Main.BAD_APP;
    }
    try {
      String digest = Images.build(order(given.getFirst(), found.getFirst(), environment));
      spec.commandLine().getOut().println(to + " " + digest);
      return 0;
    } catch (ImageException e) {
      spec.commandLine().getErr().println(e.getMessage());
    } catch (IOException e) {
      spec.commandLine().getErr().println("The files of the app can't be read: " + e);
    }
    return Main.NOT_BUILT;
  }

  private ImageOrder order(Path given, AppLayout app, Map<String, String> environment)
      throws IOException {
    return new ImageOrder(
        base(environment),
        to,
        platform,
        Optional.ofNullable(archive).map(file -> AppPaths.file(file, environment)),
        AppFiles.layers(given, app, PLACE),
        Map.of(
            "org.opencontainers.image.title",
            given.getFileName().toString(),
            "dev.roost.version",
            Version.number()),
        insecure);
  }

  private String base(Map<String, String> environment) {
    return from.startsWith(ARCHIVE)
        ? ARCHIVE + AppPaths.file(Path.of(from.substring(ARCHIVE.length())), environment)
        : from;
  }

  private void tell(Problem problem) {
    spec.commandLine().getErr().println(problem.line());
  }
}
