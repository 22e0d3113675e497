package dev.roost.emulator.time;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The pending alarms, earliest first; a tree, since most alarms (locks) are cancelled long before
 * they ring. Owned by the event loop.
 */
public final class Alarms {
  private final EmulatorClock clock;
  private final TreeSet<Alarm> pending = new TreeSet<>();
  private long number;

  /** No alarm yet, on {@code clock}. */
  public Alarms(EmulatorClock clock) {
    this.clock = clock;
  }

  /** Rings at {@code when}; an instant of the past rings in the next turn of the loop. */
  public Alarm at(Instant when, Runnable action) {
    Alarm alarm = new Alarm(when, number++, action, this);
    pending.add(alarm);
    return alarm;
  }

  /** How long until the next one; empty when there is none. */
  public Optional<Duration> next() {
    return pending.isEmpty()
        ? Optional.empty()
        : Optional.of(Duration.between(clock.now(), pending.first().at()));
  }

  /** Rings what is due. */
  public void ringDue() {
    Instant now = clock.now();
    while (!pending.isEmpty() && !pending.first().at().isAfter(now)) {
      Alarm alarm = pending.removeFirst();
      alarm.ring();
    }
  }

  /** Moves the clock ahead, ringing every alarm at its own time. */
  public void advance(Duration duration) {
    Instant end = clock.now().plus(duration);
    while (!pending.isEmpty() && !pending.first().at().isAfter(end)) {
      moveTo(pending.first().at());
      ringDue();
    }
    moveTo(end);
  }

  private void moveTo(Instant instant) {
    Duration step = Duration.between(clock.now(), instant);
    if (step.isPositive()) {
      clock.advance(step);
    }
  }

  void remove(Alarm alarm) {
    pending.remove(alarm);
  }
}
