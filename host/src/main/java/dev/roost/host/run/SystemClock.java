package dev.roost.host.run;

import dev.roost.spi.HostClock;
import java.time.Instant;

/** The machine's clock: the only class that reads it. */
public final class SystemClock implements HostClock {
  @Override
  public Instant now() {
    return Instant.now();
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }
}
