package dev.roost.benchmarks.start;

import java.nio.file.Path;
import java.util.List;

/** What the JVM is told so that it starts faster. */
enum Treatment {
  PLAIN("plain"),
  AOT("AOT"),

  /** Beside the cache the quick compiler alone: less CPU at first, less speed later. */
  AOT_C1("AOT, C1");

  /** Refuses to start with a cache that does not fit. */
  private static final String ON = "-XX:AOTMode=on";

  private final String label;

  Treatment(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }

  /** The options of the JVM for a program whose cache lies there. */
  List<String> options(Path cache) {
    String given = "-XX:AOTCache=" + cache;
    return switch (this) {
      case PLAIN -> List.of("-XX:AOTMode=off");
      case AOT -> List.of(ON, given);
      case AOT_C1 -> List.of(ON, given, "-XX:TieredStopAtLevel=1");
    };
  }
}
