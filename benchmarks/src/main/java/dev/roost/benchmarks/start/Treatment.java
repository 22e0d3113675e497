package dev.roost.benchmarks.start;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the JVM is told so that it starts faster. */
enum Treatment {
  PLAIN("plain", "-XX:AOTMode=off"),

  /** In mode {@code on} the JVM refuses to start with a cache that does not fit. */
  AOT("AOT", "-XX:AOTMode=on"),

  /** Beside the cache the quick compiler alone: less CPU at first, less speed later. */
  AOT_C1("AOT, C1", "-XX:AOTMode=on", "-XX:TieredStopAtLevel=1");

  private final String label;
  private final List<String> options;

  Treatment(String label, String... options) {
    this.label = label;
    this.options = List.of(options);
  }

  String label() {
    return label;
  }

  /** The options of the JVM for a program whose cache lies there. */
  List<String> options(Path cache) {
    List<String> all = new ArrayList<>(options);
    if (this != PLAIN) {
      all.add("-XX:AOTCache=" + cache);
    }
    return all;
  }
}
