package dev.roost.emulator.cli;

import dev.roost.spi.AppReader;
import dev.roost.spi.CommandProvider;
import java.util.List;
import java.util.concurrent.Callable;

/** Offers {@code roost servicebus-emulator}. */
public final class EmulatorCommands implements CommandProvider {
  /** For ServiceLoader. */
  public EmulatorCommands() {}

  @Override
  public List<Callable<Integer>> commands(AppReader reader) {
    return List.of(new EmulatorCommand());
  }
}
