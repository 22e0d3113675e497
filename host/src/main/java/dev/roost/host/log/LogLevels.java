package dev.roost.host.log;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Applies {@code logging.logLevel} of host.json: a level for a category and all below it, {@code
 * default} for the rest. Libraries of the host stay at warnings, or silent, unless they are named.
 */
public final class LogLevels {
  /** What they log as errors, such as a queue that is not there, our listeners tell in one line. */
  private static final List<String> SILENT = List.of("com.azure", "com.microsoft.aad", "reactor");

  private static final List<String> LIBRARIES = List.of("io.netty", "jdk.event");

  /** Held so that the logging system keeps the levels. */
  private final List<Logger> kept = new ArrayList<>();

  private LogLevels() {}

  /** Sets the levels of the JVM's loggers; keep the result for as long as they shall hold. */
  public static LogLevels apply(ObjectNode logLevel) {
    LogLevels levels = new LogLevels();
    levels.set("", Level.INFO);
    SILENT.forEach(library -> levels.set(library, Level.OFF));
    LIBRARIES.forEach(library -> levels.set(library, Level.WARNING));
    logLevel
        .properties()
        .forEach(entry ->
            levels.set(
                entry.getKey().equalsIgnoreCase("default") ? "" : entry.getKey(),
                level(entry.getValue().asText())));
    return levels;
  }

  private void set(String category, Level level) {
    Logger logger = Logger.getLogger(category);
    logger.setLevel(level);
    kept.add(logger);
  }

  /** The JUL level of an official level name; Information for an unknown one. */
  static Level level(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "trace" -> Level.FINER;
      case "debug" -> Level.FINE;
      case "warning" -> Level.WARNING;
      case "error", "critical" -> Level.SEVERE;
      case "none" -> Level.OFF;
      default -> Level.INFO;
    };
  }

  /** The official name of a JUL level, for the lines. */
  static String name(Level level) {
    int value = level.intValue();
    if (value >= Level.SEVERE.intValue()) {
      return "Error";
    } else if (value >= Level.WARNING.intValue()) {
      return "Warning";
    } else if (value >= Level.INFO.intValue()) {
      return "Information";
    } else {
      return value >= Level.FINE.intValue() ? "Debug" : "Trace";
    }
  }
}
