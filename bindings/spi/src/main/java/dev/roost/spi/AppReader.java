package dev.roost.spi;

import java.nio.file.Path;
import java.util.List;

/** Reads apps for a command of {@link CommandProvider}, without running anything of them. */
@FunctionalInterface
public interface AppReader {

  /**
   * Reads the apps; their settings are in force afterwards. Call it before the first output: the
   * process may start anew with the app's environment.
   *
   * @param apps as the user named them; empty for the app of the current folder
   */
  ReadApp read(List<Path> apps);
}
