package dev.roost.http;

import dev.roost.spi.HostServices;
import dev.roost.spi.Waiter;
import java.time.Duration;
import java.util.function.IntConsumer;

/**
 * The server's coarse clock: it beats once a second on the host's waiter, and with every beat the
 * connections are asked whether they are overdue. A request costs no timer and no look at a clock.
 */
final class Pulse {
  private static final Duration BEAT = Duration.ofSeconds(1);

  private final HostServices host;
  private final IntConsumer atBeat;
  private volatile int beat;
  private volatile String date;
  private volatile boolean stopped;
  private Waiter.Pending next = () -> {};

  /** A connection that the beat reaches. */
  interface Beating {
    /** Closes when overdue; on a platform thread, must not block. */
    void beat(int now);

    /** The server ends: closes at once, or with the answer that is under way; any thread. */
    void closeWhenAnswered();
  }

  /**
   * @param atBeat told the number of each beat, on a platform thread; must not block
   */
  Pulse(HostServices host, IntConsumer atBeat) {
    this.host = host;
    this.atBeat = atBeat;
    this.date = HttpDate.of(host.clock().now());
  }

  /** Beats since the start. */
  int now() {
    return beat;
  }

  /** The value of the {@code Date} header. */
  String date() {
    return date;
  }

  synchronized void start() {
    next = host.waiter().after(BEAT, this::tick);
  }

  synchronized void stop() {
    stopped = true;
    next.cancel();
  }

  private synchronized void tick() {
    if (stopped) {
      return;
    }
    int now = beat + 1;
    beat = now;
    date = HttpDate.of(host.clock().now());
    atBeat.accept(now);
    next = host.waiter().after(BEAT, this::tick);
  }
}
