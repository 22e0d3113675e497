package dev.roost.timer;

import dev.roost.spi.HostServices;
import java.time.Duration;
import java.time.Instant;

/**
 * One function's timer.
 *
 * @param function the function's name
 * @param settings when it is due and what becomes of what is missed
 * @param host the host's services
 * @param tally counts what happens to it
 */
record Timer(String function, TimerSettings settings, HostServices host, Tally tally) {
  /** An occurrence is claimed between this long and twice this long before its instant. */
  private static final Duration CLAIM_AHEAD = Duration.ofSeconds(1);

  /** Knuth's multiplier: names that differ in their last letter only are far apart. */
  private static final int SPREAD = 0x9E3779B9;

  /**
   * How long before their instant occurrences are claimed. It differs from timer to timer, so that
   * many in the same second do not wait for each other's claims.
   */
  Duration claimAhead() {
    return CLAIM_AHEAD.plusMillis(
        Math.floorMod(function.hashCode() * SPREAD, (int) CLAIM_AHEAD.toMillis()));
  }

  /** The time, to the tick. */
  Instant now() {
    return DotNetTime.toTick(host.clock().now());
  }

  /** True when the official host would keep a status of this timer, were it started now. */
  boolean monitored() {
    return settings.useMonitor() && !settings.schedule().tooFrequentToMonitor(now());
  }

  /** The id under which shared state knows the function. */
  String fullName() {
    return "Host.Functions." + function;
  }

  /** The lock of the host that runs it. */
  String lock() {
    return fullName() + ".Listener";
  }

  /** Where state of this timer is kept. */
  String path(String document) {
    return "azure-webjobs-hosts/timers/" + host.hostId() + "/" + fullName() + "/" + document;
  }
}
