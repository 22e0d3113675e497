package dev.roost.testkit;

import dev.roost.spi.StateStore;
import java.time.Instant;

final class MemoryStateStoreTest implements StateStoreContract {
  private final StateStore store =
      new MemoryStateStore(new ManualClock(Instant.parse("2026-01-01T00:00:00Z")));

  @Override
  public StateStore store() {
    return store;
  }
}
