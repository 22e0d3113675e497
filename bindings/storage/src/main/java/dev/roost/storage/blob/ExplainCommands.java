package dev.roost.storage.blob;

import dev.roost.spi.AppReader;
import dev.roost.spi.CommandProvider;
import java.util.List;
import java.util.concurrent.Callable;

/** Offers {@code roost explain}. */
public final class ExplainCommands implements CommandProvider {
  /** For ServiceLoader. */
  public ExplainCommands() {}

  @Override
  public List<Callable<Integer>> commands(AppReader reader) {
    return List.of(new ExplainCommand(reader));
  }
}
