package dev.roost.storage.queue;

import dev.roost.spi.RetryAfter;
import dev.roost.spi.Waiter;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Received messages that wait here for their turn. Each is renewed meanwhile, so that waiting costs
 * it no attempt, however long it takes. Safe for use by many threads.
 */
public final class HeldMessages {
  private static final Logger LOG = System.getLogger("Host.Triggers.Queue");

  private final Waiter waiter;
  private final Duration every;
  private final Deque<Held> waiting = new ArrayDeque<>();

  /**
   * @param waiter for renewals
   * @param lease of the messages; they are renewed at half of it
   */
  public HeldMessages(Waiter waiter, Duration lease) {
    this.waiter = waiter;
    this.every = lease.dividedBy(2);
  }

  /** Holds a message from now on. */
  public void add(LeasedMessage message) {
    Held held = new Held(message);
    held.schedule(every);
    synchronized (this) {
      waiting.add(held);
    }
  }

  /**
   * Takes out the first that is still ours, on a fresh lease.
   *
   * @throws IOException when it can't be renewed now: it stays here, and is the first again
   */
  public Optional<LeasedMessage> take() throws IOException {
    for (Held first = first(); first != null; first = first()) {
      boolean ours = first.end();
      synchronized (this) {
        waiting.remove(first);
      }
      if (ours) {
        return Optional.of(first.message);
      }
    }
    return Optional.empty();
  }

  private synchronized @Nullable Held first() {
    return waiting.peek();
  }

  /** How many wait. */
  public synchronized int size() {
    return waiting.size();
  }

  /** Gives all back at once; those that can't be given back come again when their lease ends. */
  public void close() {
    Deque<Held> rest;
    synchronized (this) {
      rest = new ArrayDeque<>(waiting);
      waiting.clear();
    }
    rest.forEach(Held::stop);
    try {
      for (Held held : rest) {
        held.message.release(Duration.ZERO);
      }
    } catch (IOException e) {
      // Each of the others would take as long to fail.
      LOG.log(Level.DEBUG, "Messages come again when their lease ends: {0}", e.getMessage());
    }
  }

  /** One message; its renewal and its end never cross. */
  private final class Held {
    private final LeasedMessage message;
    private Waiter.@Nullable Pending renewal;
    private boolean over;

    Held(LeasedMessage message) {
      this.message = message;
    }

    synchronized void schedule(Duration pause) {
      if (!over) {
        renewal = waiter.after(pause, this::renew);
      }
    }

    private synchronized void renew() {
      if (over) {
        return;
      }
      try {
        if (message.renew()) {
          schedule(every);
        }
      } catch (IOException e) {
        LOG.log(Level.DEBUG, "A message that waits was not renewed: {0}", e.getMessage());
        schedule(RetryAfter.atLeast(every.dividedBy(4), e, every.dividedBy(2)));
      }
    }

    /** Renews it for the last time here; false when it is not ours any more. */
    synchronized boolean end() throws IOException {
      boolean ours = message.renew();
      stop();
      return ours;
    }

    synchronized void stop() {
      over = true;
      if (renewal != null) {
        renewal.cancel();
      }
    }
  }
}
