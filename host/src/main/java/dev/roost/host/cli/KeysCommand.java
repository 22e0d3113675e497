package dev.roost.host.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code roost keys}: the keys of an app, in the store that its settings name. */
@Command(
    name = "keys",
    description = "Lists and changes the keys of an app; a running host sees it without a restart.",
    mixinStandardHelpOptions = true,
    subcommands = {
      KeyCommands.Listing.class,
      KeyCommands.Create.class,
      KeyCommands.Renew.class,
      KeyCommands.Delete.class
    },
    synopsisSubcommandLabel = "COMMAND")
final class KeysCommand implements Runnable {
  private CommandSpec spec = CommandSpec.create();

  @Spec
  void spec(CommandSpec given) {
    spec = given;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Say what to do: list, create, renew, delete");
  }
}
