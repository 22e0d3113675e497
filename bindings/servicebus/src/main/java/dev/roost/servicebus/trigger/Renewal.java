package dev.roost.servicebus.trigger;

import dev.roost.spi.HostClock;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;

/** How long the locks of one call are renewed: up to {@code maxAutoLockRenewalDuration}. */
final class Renewal {
  private static final Logger LOG = System.getLogger("Host.Triggers.ServiceBus");

  private final Listening listening;
  private final HostClock clock;
  private final long began;
  private boolean told;

  Renewal(Listening listening) {
    this.listening = listening;
    this.clock = listening.host().clock();
    this.began = clock.nanoTime();
  }

  /** The pause before the next renewal; empty when that would be too late to be allowed. */
  synchronized Optional<Duration> next(Duration pause) {
    Duration ran = Duration.ofNanos(clock.nanoTime() - began);
    if (ran.plus(pause).compareTo(listening.options().renewal()) <= 0) {
      return Optional.of(pause);
    }
    if (!told) {
      told = true;
      LOG.log(
          Level.INFO,
          "A lock of function ''{0}'' on ''{1}'' is not renewed any more: the call runs longer than"
              + " maxAutoLockRenewalDuration",
          listening.function(),
          listening.path());
    }
    return Optional.empty();
  }
}
