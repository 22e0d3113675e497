package dev.roost.host.cli;

import java.util.Map;

/** The process's environment: the only class that reads it. */
final class Environment {
  private Environment() {}

  static Map<String, String> variables() {
    return System.getenv();
  }
}
