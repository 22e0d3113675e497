package dev.roost.storage.blob;

import dev.roost.spi.Health;
import dev.roost.spi.HostServices;
import dev.roost.spi.RetryAfter;
import dev.roost.spi.Singletons;
import dev.roost.spi.Waiter;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one container swept while this host holds the lock: a sweep, a pause, a sweep. Each sweep
 * has a platform thread of its own, since it may take long and must not wait for user code.
 */
final class ContainerWatch {
  private static final Logger LOG = System.getLogger("Host.Triggers.Blob");
  private static final Duration LONGEST_RETRY = Duration.ofSeconds(15);

  /** An account that asks to be left alone for longer is asked all the same. */
  private static final Duration LONGEST_ASKED = Duration.ofMinutes(5);

  private final String name;
  private final ContainerScan scan;
  private final Duration period;
  private final HostServices host;
  private final SweepMeters meters;
  private final Singletons.Tenure tenure;
  private Waiter.@Nullable Pending pending;
  private @Nullable Thread thread;
  private boolean stopped;
  private int failures;
  private volatile Health health = Health.UP;
  private volatile String last = "not swept yet";
  private boolean firstIsTold;

  /**
   * @param name the container, for people
   * @param period from the end of one sweep to the begin of the next
   */
  ContainerWatch(
      String name,
      ContainerScan scan,
      Duration period,
      HostServices host,
      Singletons.Tenure tenure) {
    this.name = name;
    this.scan = scan;
    this.period = period;
    this.host = host;
    this.meters = new SweepMeters(host.meters(), name);
    this.tenure = tenure;
  }

  synchronized void start() {
    if (!stopped) {
      thread = Thread.ofPlatform().daemon().name("roost-scan-" + name).start(this::run);
    }
  }

  /** Interrupts a sweep under way; a blob that is half taken in is finished by the next scanner. */
  synchronized void stop() {
    stopped = true;
    if (pending != null) {
      pending.cancel();
    }
    if (thread != null) {
      thread.interrupt();
    }
  }

  Health health() {
    return health;
  }

  String name() {
    return name;
  }

  /** What the last completed sweep did, in words. */
  String last() {
    return last;
  }

  private void run() {
    Health outcome = Health.degraded("the scan of container '" + name + "' ended unexpectedly");
    Duration asked = Duration.ZERO;
    try {
      if (tenure.holds()) {
        long before = host.clock().nanoTime();
        Optional<Sweep.Report> report = scan.sweep();
        report(report, Duration.ofNanos(host.clock().nanoTime() - before));
      }
      outcome = Health.UP;
    } catch (InterruptedException _) {
      outcome = Health.UP; // stopped
    } catch (IOException e) {
      outcome = Health.degraded("container '" + name + "' can't be scanned: " + e.getMessage());
      asked = RetryAfter.of(e, LONGEST_ASKED);
    } finally {
      // Whatever happened, the container is swept again.
      ended(outcome, asked);
    }
  }

  private void report(Optional<Sweep.Report> report, Duration took) {
    if (report.isEmpty()) {
      last = "it does not exist yet";
      return;
    }
    meters.completed(report.get(), took);
    last = report.get().inWords() + ", " + took.toMillis() + " ms";
    LOG.log(
        firstIsTold && report.get().queued() == 0 ? Level.DEBUG : Level.INFO,
        "Swept container ''{0}'': {1}",
        name,
        last);
    firstIsTold = true;
  }

  private synchronized void ended(Health outcome, Duration asked) {
    thread = null;
    if (stopped) {
      return;
    }
    boolean well = outcome.state() == Health.State.UP;
    if (!well) {
      meters.failed();
    }
    if (!well && health.state() == Health.State.UP) {
      LOG.log(Level.WARNING, "Blob trigger: {0}. It is tried again.", outcome.reason());
    } else if (well && health.state() != Health.State.UP) {
      LOG.log(Level.INFO, "Blob trigger: container ''{0}'' is scanned again", name);
    }
    health = outcome;
    failures = well ? 0 : failures + 1;
    Duration own = pause();
    pending = host.waiter().after(asked.compareTo(own) > 0 ? asked : own, this::start);
  }

  private Duration pause() {
    Duration grown = period.multipliedBy(1L << Math.min(failures, 10));
    return grown.compareTo(LONGEST_RETRY) < 0 || failures == 0 ? grown : LONGEST_RETRY;
  }
}
