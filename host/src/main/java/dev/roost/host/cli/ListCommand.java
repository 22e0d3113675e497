package dev.roost.host.cli;

import dev.roost.host.Host;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code roost list}: the functions of an app and their triggers, without running anything. */
@Command(
    name = "list",
    description = "Lists the functions of an app.",
    mixinStandardHelpOptions = true)
final class ListCommand implements Callable<Integer> {
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
    StartTable.table(host.functions()).forEach(out::println);
    host.stop();
    return host.layoutsMissing() ? Main.BAD_APP : 0;
  }
}
