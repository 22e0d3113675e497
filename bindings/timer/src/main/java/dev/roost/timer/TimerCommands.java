package dev.roost.timer;

import dev.roost.spi.AppReader;
import dev.roost.spi.CommandProvider;
import java.util.List;
import java.util.concurrent.Callable;

/** Offers {@code roost timers}. */
public final class TimerCommands implements CommandProvider {
  /** For ServiceLoader. */
  public TimerCommands() {}

  @Override
  public List<Callable<Integer>> commands(AppReader reader) {
    return List.of(new TimersCommand(reader));
  }
}
