package dev.roost.timer;

import java.time.Instant;
import java.util.Optional;

/** Remembers nothing: {@code useMonitor=false}. */
record NoLedger(Schedule schedule) implements Ledger {

  @Override
  public StartCheck open(Instant now) {
    return StartCheck.of(Optional.empty(), schedule, now);
  }

  @Override
  public Claim claim(Occurrence occurrence, Instant now) {
    return Claim.OURS;
  }

  @Override
  public void withdraw(Occurrence occurrence) {}

  @Override
  public boolean record(Occurrence occurrence, Run.Ending ending, ScheduleStatus status) {
    return true;
  }
}
