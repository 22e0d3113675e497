package dev.roost.storage.poison;

import dev.roost.spi.AppReader;
import dev.roost.spi.CommandProvider;
import java.util.List;
import java.util.concurrent.Callable;

/** Offers {@code roost poison}. */
public final class PoisonCommands implements CommandProvider {
  /** For ServiceLoader. */
  public PoisonCommands() {}

  @Override
  public List<Callable<Integer>> commands(AppReader reader) {
    return List.of(new PoisonCommand(reader));
  }
}
