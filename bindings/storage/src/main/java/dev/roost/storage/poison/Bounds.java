package dev.roost.storage.poison;

import picocli.CommandLine.Option;

/** How many messages a command settles, how fast, and whether in earnest. */
final class Bounds {
  @Option(names = "--all", description = "Every message; needed when nothing else chooses.")
  private boolean all;

  @Option(names = "--limit", paramLabel = "N", description = "At most so many.")
  private int limit = Integer.MAX_VALUE;

  @Option(names = "--rate", paramLabel = "N", description = "At most so many per second.")
  private double rate = Double.POSITIVE_INFINITY;

  @Option(names = "--dry-run", description = "Tells what would be done, and does nothing.")
  private boolean dryRun;

  int limit() {
    return limit;
  }

  boolean dryRun() {
    return dryRun;
  }

  /** Messages per second; more than 0 once {@link #checked} has passed. */
  double rate() {
    return rate;
  }

  /** The filter; throws {@link IllegalArgumentException} for what is too much or too little. */
  PoisonFilter checked(PoisonFilter filter) {
    if (filter.isOpen() && !all) {
      throw new IllegalArgumentException(
          "Every message would be taken: choose some by id or filter, or say --all");
    }
    if (!(rate > 0)) {
      throw new IllegalArgumentException("--rate: " + rate + " is not more than 0");
    }
    if (limit < 1) {
      throw new IllegalArgumentException("--limit: " + limit + " is less than 1");
    }
    return filter;
  }
}
