package dev.roost.testkit;

import dev.roost.spi.LeaseProvider;
import java.time.Duration;
import java.time.Instant;

final class MemoryLeaseProviderTest implements LeaseProviderContract {
  private final ManualClock clock = new ManualClock(Instant.parse("2026-01-01T00:00:00Z"));
  private final LeaseProvider leases = new MemoryLeaseProvider(clock);

  @Override
  public LeaseProvider leases() {
    return leases;
  }

  @Override
  public void pass(Duration duration) {
    clock.advance(duration);
  }
}
