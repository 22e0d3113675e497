package dev.roost.host.cli;

import dev.roost.host.keys.KeyKind;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Which keys a command is about. */
final class KeyTarget {
  @ArgGroup(exclusive = true, multiplicity = "1")
  private Choice choice = new Choice();

  /** One of these. */
  static final class Choice {
    @Option(names = "--function", paramLabel = "NAME", description = "A key of this function.")
    private String function = "";

    @Option(names = "--host", description = "A host key: opens every function.")
    private boolean host;

    @Option(names = "--system", description = "A system key, such as blobs_extension.")
    private boolean system;

    @Option(names = "--master", description = "The master key: opens everything.")
    private boolean master;
  }

  KeyKind kind() {
    if (choice.master) {
      return KeyKind.MASTER;
    }
    if (choice.system) {
      return KeyKind.SYSTEM;
    }
    return choice.host ? KeyKind.HOST : KeyKind.FUNCTION;
  }

  String function() {
    return choice.function;
  }

  /** For people. */
  String text() {
    return switch (kind()) {
      case MASTER -> "the host";
      case SYSTEM -> "the host's system keys";
      case HOST -> "the host";
      case FUNCTION -> "function '" + function() + "'";
    };
  }
}
