package dev.roost.spi;

import java.util.List;
import java.util.concurrent.Callable;

/**
 * Subcommands that a binding adds to the command line; found by {@link java.util.ServiceLoader}.
 */
public interface CommandProvider {

  /**
   * The commands, each of a class with picocli's {@code @Command}; the value it returns is the exit
   * code of the process.
   *
   * @param reader reads the app that a command is about
   */
  List<Callable<Integer>> commands(AppReader reader);
}
