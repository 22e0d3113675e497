package dev.roost.host.cli;

import dev.roost.host.Host;
import dev.roost.spi.Problem;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * {@code roost validate}: every problem of an app at once; the exit code tells if there are any.
 */
@Command(
    name = "validate",
    description = "Tells everything that is wrong with an app and its configuration.",
    mixinStandardHelpOptions = true)
final class ValidateCommand implements Callable<Integer> {
  @Mixin private AppPaths apps = new AppPaths();
  private CommandSpec spec = CommandSpec.create();

  @Spec
  void spec(CommandSpec given) {
    spec = given;
  }

  @Override
  public Integer call() {
    Host host = Inspection.of(apps, Environment.variables());
    PrintWriter out = spec.commandLine().getOut();
    host.problems().stream().map(Problem::line).forEach(out::println);
    int functions = host.functions().size();
    out.println(functions + " functions, " + host.problems().size() + " problems");
    host.stop();
    return host.problems().isEmpty() ? 0 : Main.BAD_APP;
  }
}
