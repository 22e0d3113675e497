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
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
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
  private final Queue<Delivery> line = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private boolean started;
  private boolean stopping;
  private volatile Health trouble = Health.UP;

  PushListener(String name, Source.Push source, Gate gate, Dispatcher dispatcher, Waiter waiter) {
    this.name = name;
    this.source = source;
    this.gate = gate;
    this.dispatcher = dispatcher;
    this.waiter = waiter;
    gate.onRoom(this::admit);
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
    if (line.isEmpty() && gate.tryAcquire()) {
      dispatcher.dispatch(delivery, gate);
      return true;
    }
    if (waiting.get() >= source.line()) {
      return false;
    }
    waiting.incrementAndGet();
    line.add(delivery);
    admit();
    return true;
  }

  /** Lets in who waits in line, in order, while there is room. */
  private void admit() {
    while (!line.isEmpty() && gate.tryAcquire()) {
      next();
    }
  }

  /** Runs the first in line with a permit that was taken; gives it back when nobody is there. */
  private void next() {
    Delivery first = line.poll();
    if (first == null) {
      gate.giveBack();
    } else {
      waiting.decrementAndGet();
      dispatcher.dispatch(first, gate);
    }
  }

  /** Who waits for an answer gets one, also at the end. */
  private void admitAll() {
    while (!line.isEmpty()) {
      gate.acquire();
      next();
    }
  }

  @Override
  public int line() {
    return waiting.get();
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
    admitAll();
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
