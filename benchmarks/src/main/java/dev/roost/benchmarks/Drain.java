package dev.roost.benchmarks;

import java.time.Duration;

/**
 * What it took a process to empty a queue.
 *
 * @param messages how many
 * @param time from the first to the last
 * @param cpu of the process in that time
 */
record Drain(int messages, Duration time, Duration cpu) {

  double perSecond() {
    return messages / (time.toNanos() / 1e9);
  }

  /** CPU seconds for 1,000 messages. */
  double cpuPerThousand() {
    return cpu.toNanos() / 1e9 * 1_000 / messages;
  }

  Drain plus(Drain other) {
    return new Drain(messages + other.messages, time.plus(other.time), cpu.plus(other.cpu));
  }
}
