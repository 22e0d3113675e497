package dev.roost.emulator.time;

import java.time.Instant;

/** Something to do at an instant, unless it is cancelled before. */
public final class Alarm implements Comparable<Alarm> {
  private final Instant at;
  private final long number;
  private final Runnable action;
  private final Alarms owner;

  Alarm(Instant at, long number, Runnable action, Alarms owner) {
    this.at = at;
    this.number = number;
    this.action = action;
    this.owner = owner;
  }

  /** Takes it back; without effect when it has rung. */
  public void cancel() {
    owner.remove(this);
  }

  Instant at() {
    return at;
  }

  void ring() {
    action.run();
  }

  @Override
  public int compareTo(Alarm other) {
    int byTime = at.compareTo(other.at);
    return byTime != 0 ? byTime : Long.compare(number, other.number);
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(number);
  }
}
