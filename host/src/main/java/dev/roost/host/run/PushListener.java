package dev.roost.host.run;

import dev.roost.spi.Delivery;
import dev.roost.spi.Health;
import dev.roost.spi.Sink;
import dev.roost.spi.Source;
import dev.roost.spi.Waiter;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Starts one push source, again and again until it starts, and admits what it offers while there is
 * a permit.
 */
final class PushListener implements Listener, Sink {
  private static final Logger LOG = System.getLogger("Host.Listener");
  private static final Duration LONGEST_RETRY = Duration.ofMinutes(2);

  private final String name;
  private final Source.Push source;
  private final Gate gate;
  private final Dispatcher dispatcher;
  private final Waiter waiter;
  private final Backoff retry = new Backoff(Duration.ofSeconds(2), RandomGenerator.getDefault());
  private boolean started;
  private boolean stopping;
  private volatile Health trouble = Health.UP;

  PushListener(String name, Source.Push source, Gate gate, Dispatcher dispatcher, Waiter waiter) {
    this.name = name;
    this.source = source;
    this.gate = gate;
    this.dispatcher = dispatcher;
    this.waiter = waiter;
  }

  @Override
  public synchronized void start() {
    if (stopping) {
      return;
    }
    try {
      source.start(this);
      started = true;
      trouble = Health.UP;
    } catch (IOException | RuntimeException e) {
      // The push half of the loop's catch-all: a source that can't start is started again later.
      trouble = Health.degraded(Causes.inOneLine(e));
      LOG.log(
          Level.WARNING,
          "The listener for function ''{0}'' was unable to start and retries by itself: {1}",
          name,
          trouble.reason());
      LOG.log(Level.DEBUG, "Cause", e);
      waiter.after(retry.next(LONGEST_RETRY), this::start);
    }
  }

  @Override
  public boolean offer(Delivery delivery) {
    if (!gate.tryAcquire()) {
      return false;
    }
    dispatcher.dispatch(delivery, gate);
    return true;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Health health() {
    return trouble.state() == Health.State.UP ? source.health() : trouble;
  }

  @Override
  public int inFlight() {
    return gate.inFlight();
  }

  @Override
  public synchronized void stop() {
    stopping = true;
    gate.close();
    if (started) {
      try {
        source.stop();
      } catch (RuntimeException e) {
        // As at the start: what one source throws must not keep its neighbours from stopping.
        LOG.log(Level.WARNING, "The listener for function ''{0}'' did not stop cleanly", name);
        LOG.log(Level.DEBUG, "Cause", e);
      }
    }
  }

  @Override
  public synchronized boolean stopped() {
    return stopping && (!started || source.stopped());
  }
}
