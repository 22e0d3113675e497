package dev.roost.emulator.engine;

import dev.roost.emulator.time.Alarms;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that owns sockets, protocol engine and broker. Each turn it serves what sockets
 * are ready, runs what other threads asked for, and rings the alarms that are due.
 */
final class EventLoop implements AutoCloseable {
  /** How a channel learns that its socket is ready. */
  @FunctionalInterface
  interface Ready {
    void ready(SelectionKey key);
  }

  /** What happens at the end of every turn. */
  @FunctionalInterface
  interface EndOfTurn {
    /** At the latest when this time is over the next turn comes. */
    Duration run();
  }

  /** Recursion in the protocol's decoder follows the bytes of a frame, however deep they nest. */
  private static final long STACK = 16L << 20;

  private static final System.Logger LOG = System.getLogger("dev.roost.emulator");

  private final Alarms alarms;
  private final EndOfTurn endOfTurn;
  private final Selector selector;
  private final Queue<Runnable> asked = new ConcurrentLinkedQueue<>();
  private final Thread thread;
  private volatile boolean closed;

  EventLoop(Alarms alarms, EndOfTurn endOfTurn) throws IOException {
    this.alarms = alarms;
    this.endOfTurn = endOfTurn;
    selector = Selector.open();
    thread = new Thread(null, this::run, "servicebus-emulator", STACK);
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  SelectionKey register(SelectableChannel channel, int interest, Ready ready) throws IOException {
    channel.configureBlocking(false);
    return channel.register(selector, interest, ready);
  }

  /** Runs it on the loop and waits for its result; its exception is thrown here. */
  <T extends @Nullable Object> T call(Supplier<T> work) {
    if (Thread.currentThread() == thread) {
      return work.get();
    }
    CompletableFuture<T> result = new CompletableFuture<>();
    ask(() -> complete(result, work));
    return await(result);
  }

  /** Runs it on the loop, some time soon. */
  void ask(Runnable work) {
    asked.add(work);
    selector.wakeup();
    if (closed) {
      // The loop may be gone before it saw this one.
      runAsked();
    }
  }

  @Override
  public void close() {
    closed = true;
    selector.wakeup();
    boolean interrupted = false;
    while (thread.isAlive() && Thread.currentThread() != thread) {
      try {
        thread.join();
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try (selector) {
      Duration pause = Duration.ZERO;
      while (!closed) {
        select(pause);
        pause = work();
      }
      runAsked();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Duration work() {
    try {
      alarms.ringDue();
      runAsked();
      return shorter(endOfTurn.run(), alarms.next().orElse(Duration.ofDays(1)));
    } catch (RuntimeException e) {
      // One alarm or call must not end the loop that serves everybody.
      LOG.log(System.Logger.Level.ERROR, "the emulator failed at a task and goes on", e);
      return Duration.ZERO;
    }
  }

  private void select(Duration pause) throws IOException {
    long millis = pause.toMillis();
    // A pause of less than a millisecond waits for one: alarms are not finer than that.
    if (pause.isPositive()) {
      selector.select(key -> ready(key), Math.max(1, millis));
    } else {
      selector.selectNow(key -> ready(key));
    }
  }

  private static void ready(SelectionKey key) {
    if (key.isValid() && key.attachment() instanceof Ready ready) {
      ready.ready(key);
    }
  }

  private void runAsked() {
    for (Runnable next = asked.poll(); next != null; next = asked.poll()) {
      next.run();
    }
  }

  private static <T extends @Nullable Object> void complete(
      CompletableFuture<T> result, Supplier<T> work) {
    try {
      result.complete(work.get());
    } catch (RuntimeException e) {
      // It belongs to the one who asked; the loop goes on.
      LOG.log(System.Logger.Level.DEBUG, "a call from outside failed", e);
      result.completeExceptionally(e);
    }
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static <T extends @Nullable Object> T await(Future<T> result) {
    try {
      return result.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new CompletionException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the emulator was asked", e);
    }
  }
}
