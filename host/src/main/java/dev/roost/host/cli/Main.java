package dev.roost.host.cli;

import dev.roost.host.Version;
import dev.roost.host.launch.NativeAccess;
import dev.roost.host.run.Carriers;
import dev.roost.spi.CommandProvider;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.ServiceLoader;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;

/** The entry point of the process. */
@Command(
    name = "roost",
    description = "Runs Azure Functions written in Java.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.ProgramVersion.class,
    subcommands = {
      StartCommand.class,
      RunCommand.class,
      JobsCommand.class,
      ScalerCommand.class,
      ExportCommand.class,
      ImageCommand.class,
      ListCommand.class,
      ValidateCommand.class,
      TopCommand.class,
      KeysCommand.class
    },
    synopsisSubcommandLabel = "COMMAND")
public final class Main {

  /** The app or its configuration is. */
  static final int BAD_APP = 65;

  /** The host could not start, for example because its port is taken. */
  static final int NO_START = 69;

  /** An image could not be built or pushed. */
  static final int NOT_BUILT = 74;

  /** The command line is wrong. */
  private static final int BAD_COMMAND = 2;

  /** Something that nobody foresaw went wrong. */
  private static final int BROKEN = 1;

  private Main() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] args) {
    Carriers.provide();
    Optional<Start> start = PlainStart.of(args);
    System.exit(start.isPresent() ? run(start.get()) : run(args));
  }

  private static int run(Start start) {
    try {
      return start.run();
    } catch (InterruptedException | RuntimeException e) {
      System.getLogger("Host.Startup").log(Level.ERROR, "The host ended", e);
      return BROKEN;
    }
  }

  private static int run(String... args) {
    NativeAccess.allow();
    CommandLine commandLine = new CommandLine(new Main());
    if (args.length == 0 || !commandLine.getSubcommands().containsKey(args[0])) {
      // Looked for only when asked for: a start loads nothing that it does not need.
      ServiceLoader.load(CommandProvider.class)
          .forEach(
              provider -> provider.commands(ReadHost::read).forEach(commandLine::addSubcommand));
    }
    commandLine.setExitCodeExceptionMapper(
        e -> e instanceof ParameterException ? BAD_COMMAND : BROKEN);
    commandLine.setCaseInsensitiveEnumValuesAllowed(true);
    return commandLine.execute(args);
  }

  static final class ProgramVersion implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {
        "roost " + Version.number(), "on Java " + System.getProperty("java.runtime.version")
      };
    }
  }
}
