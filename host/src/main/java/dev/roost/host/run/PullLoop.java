package dev.roost.host.run;

import dev.roost.spi.Delivery;
import dev.roost.spi.Health;
import dev.roost.spi.RetryAfter;
import dev.roost.spi.Source;
import dev.roost.spi.Waiter;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Keeps the free capacity of one pull source filled: permit first, then fetch, then dispatch. Backs
 * off while the source is empty or broken. Runs on one platform thread until it is stopped.
 */
final class PullLoop implements Listener {
  private static final Logger LOG = System.getLogger("Host.Listener");
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration FIRST_RETRY = Duration.ofMillis(500);
  private static final Duration LONGEST_RETRY = Duration.ofSeconds(15);

  /** A source that asks to be left alone for longer is polled all the same. */
  private static final Duration LONGEST_ASKED = Duration.ofMinutes(5);

  private final String name;
  private final Source.Pull source;
  private final Gate gate;
  private final Dispatcher dispatcher;
  private final Waiter waiter;
  private final Signal wake = new Signal();
  private final Signal stop = new Signal();
  private final Backoff idle = new Backoff(FIRST_PAUSE, RandomGenerator.getDefault());
  private final Backoff broken = new Backoff(FIRST_RETRY, RandomGenerator.getDefault());
  private final Thread thread;
  private boolean started;
  private volatile boolean stopping;
  private volatile Health trouble = Health.UP;

  PullLoop(String name, Source.Pull source, Gate gate, Dispatcher dispatcher, Waiter waiter) {
    this.name = name;
    this.source = source;
    this.gate = gate;
    this.dispatcher = dispatcher;
    this.waiter = waiter;
    this.thread = Thread.ofPlatform().daemon().name("roost-poll-" + name).unstarted(this::run);
  }

  @Override
  public void start() {
    thread.start();
  }

  private void run() {
    while (!stopping) {
      try {
        round();
      } catch (InterruptedException _) {
        // Only a stop that ran out of patience interrupts: the loop's condition sees it.
        stopping = true;
      }
    }
    if (started) {
      source.stop();
    }
  }

  /** One poll, and a pause when it found nothing or could not be made. */
  private void round() throws InterruptedException {
    int permits = 0;
    int used = 0;
    Duration pause = Duration.ZERO;
    Signal end = wake;
    try {
      permits = gate.acquireUpTo(source.demand());
      List<Delivery> deliveries = permits > 0 && !stopping ? poll(permits) : List.of();
      recovered();
      for (Delivery delivery : deliveries) {
        dispatcher.dispatch(delivery, gate);
        used++;
      }
      pause = pauseAfter(used);
    } catch (IOException | RuntimeException | Error e) {
      // One of the three catch-alls: whatever a source throws, its neighbours go on and it retries.
      failed(e);
      pause = RetryAfter.atLeast(broken.next(LONGEST_RETRY), e, LONGEST_ASKED);
      // Not ended by what this host adds meanwhile: a broken source is asked at our pace.
      end = stop;
    } finally {
      gate.release(permits - used);
    }
    if (pause.isPositive() && !stopping) {
      end.pause(pause, waiter);
    }
  }

  private Duration pauseAfter(int found) {
    if (found > 0) {
      idle.reset();
      return Duration.ZERO;
    }
    return idle.next(source.maxIdle());
  }

  private List<Delivery> poll(int permits) throws IOException, InterruptedException {
    if (!started) {
      source.start(this::wake);
      started = true;
    }
    return source.poll(permits);
  }

  private void wake() {
    wake.raise();
  }

  private void failed(Throwable e) {
    String reason = Causes.inOneLine(e);
    if (!trouble.reason().equals(reason)) {
      LOG.log(
          Level.WARNING,
          "The listener of {0} can''t receive and retries by itself: {1}",
          name,
          reason);
      LOG.log(Level.DEBUG, "Cause", e);
    }
    trouble = Health.degraded(reason);
  }

  private void recovered() {
    if (trouble.state() != Health.State.UP) {
      LOG.log(Level.INFO, "The listener of {0} receives again", name);
      trouble = Health.UP;
    }
    broken.reset();
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

  /** Lets a poll under way end, so that what it fetches is not left invisible. */
  @Override
  public void stop() {
    stopping = true;
    gate.close();
    wake.raise();
    stop.raise();
  }

  @Override
  public void interrupt() {
    thread.interrupt();
  }

  @Override
  public boolean stopped() {
    return !thread.isAlive();
  }
}
