package dev.roost.host.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code roost list}: the functions of an app and their triggers, without running anything. */
@Command(
    name = "list",
    description = "Lists the functions of an app.",
    mixinStandardHelpOptions = true)
final class ListCommand implements Callable<Integer> {
  @Mixin private Inspection inspection = new Inspection();

  @Override
  public Integer call() {
    return inspection.of((host, out) -> {
      StartTable.table(host.functions()).forEach(out::println);
      return host.layoutsMissing() ? Main.BAD_APP : 0;
    });
  }
}
