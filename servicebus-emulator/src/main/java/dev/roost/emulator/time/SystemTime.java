package dev.roost.emulator.time;

import dev.roost.spi.HostClock;
import java.time.Instant;

/** The machine's clock, for an emulator that no host lends one. */
public final class SystemTime implements HostClock {
  @Override
  public Instant now() {
    return Instant.now();
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }
}
