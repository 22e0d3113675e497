package dev.roost.emulator.config;

import java.nio.file.Path;
import java.util.List;

/** A configuration file that cannot be used; the message names the file and everything wrong. */
public final class BadConfig extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BadConfig(Path file, List<String> problems) {
    super(file + ":\n  " + String.join("\n  ", problems));
  }
}
