package dev.roost.timer;

import dev.roost.spi.HostServices;
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
