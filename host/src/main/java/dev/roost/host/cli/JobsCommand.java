package dev.roost.host.cli;

import dev.roost.host.Host;
import dev.roost.host.job.JobBook;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code roost jobs}: the executions of {@code roost run}, on whatever machine they were. */
@Command(
    name = "jobs",
    description = "Lists the last executions of roost run, newest first, one line of JSON each.",
    mixinStandardHelpOptions = true)
final class JobsCommand implements Callable<Integer> {
  private static final int MOST = 1000;

  private CommandSpec spec = CommandSpec.create();

  @Option(names = "--app", paramLabel = "APP", description = "Default: the current folder.")
  private List<Path> apps = List.of();

  @Option(
      names = "--last",
      paramLabel = "N",
      converter = JobBounds.Positive.class,
      description = "How many. Default: 20.")
  private int last = 20;

  @Spec
  void spec(CommandSpec given) {
    spec = given;
  }

  @Override
  public Integer call() {
    Map<String, String> environment = Environment.variables();
    Host host = Inspection.of(AppPaths.resolved(apps, environment), environment);
    try {
      JobBook.of(host.services())
          .last(Math.min(last, MOST))
          .forEach(spec.commandLine().getOut()::println);
      return 0;
    } catch (IOException e) {
      spec.commandLine().getErr().println("The executions can't be read: " + e.getMessage());
      return Main.NO_START;
    } finally {
      host.stop();
    }
  }
}
