package dev.roost.spi;

import java.util.List;

/**
 * Starts what an app needs on the developer's machine and what its settings ask for in so many
 * words, such as an emulator. Found by {@link java.util.ServiceLoader}; asked once, after the
 * functions are read and before anything listens.
 */
public interface LocalServiceProvider {

  /**
   * Starts what is missing.
   *
   * @param functions those of the app
   * @param settings of the app
   * @return what was started, closed when the host ends; usually nothing
   */
  List<AutoCloseable> start(List<FunctionDefinition> functions, Settings settings);
}
