package dev.roost.http;

import dev.roost.spi.Waiter;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.SingleThreadIoEventLoop;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * An event loop whose thread is a virtual one and can be replaced. Of the requests that one round
 * has read it runs one by itself, between two rounds: nobody is woken, and its answer leaves with
 * the next round. When that takes long, another thread drives the loop on and the first ends with
 * its request. After an answer the loop looks for the next request for a moment before it sleeps,
 * where that has been of use: on an idle machine to wake up costs more than a request.
 */
final class VirtualLoop extends SingleThreadIoEventLoop {
  private static final long ROUND_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
  private static final Duration WATCH = Duration.ofMillis(5);
  private static final Eagerness.Bounds OWN = new Eagerness.Bounds(8, 1 << 14);
  private static final Eagerness.Bounds LOOKOUT = new Eagerness.Bounds(2, 1 << 10);
  private static final long QUICK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long LOOKOUT_NANOS = TimeUnit.MICROSECONDS.toNanos(100);

  private final Waiter waiter;
  private final CountDownLatch ended = new CountDownLatch(1);

  /** Odd while the loop's thread runs a request; grows with each change. */
  private final AtomicLong turn = new AtomicLong();

  private final AtomicBoolean watched = new AtomicBoolean();
  private final Eagerness own = new Eagerness(OWN);
  private final Eagerness lookout = new Eagerness(LOOKOUT);
  private volatile @Nullable Thread driver;
  private volatile long lastSeen;
  private @Nullable Runnable next;
  private boolean given;
  private boolean looking;

  VirtualLoop(IoEventLoopGroup group, Executor thread, IoHandlerFactory sockets, Waiter waiter) {
    super(group, thread, sockets);
    this.waiter = waiter;
  }

  /**
   * Runs what may block: here after this round, or on a virtual thread of its own. On the loop's
   * thread or any other.
   */
  void start(Thread.Builder.OfVirtual thread, Runnable request) {
    if (!inEventLoop()) {
      thread.start(request);
    } else if (next == null && own.isWorthIt()) {
      next = request;
    } else {
      given = true;
      thread.start(request);
    }
  }

  @Override
  public boolean inEventLoop(Thread thread) {
    return thread == driver;
  }

  /** Nothing waits while it looks out. */
  @Override
  protected boolean hasTasks() {
    return looking || super.hasTasks();
  }

  /** The thread that Netty starts stands aside: those that drive come and go. */
  @Override
  protected void run() {
    drive();
    boolean interrupted = false;
    while (ended.getCount() > 0) {
      try {
        ended.await();
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    driver = Thread.currentThread();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void drive() {
    boolean replaced = false;
    try {
      replaced = isReplacedWhileDriving();
    } finally {
      if (!replaced) {
        ended.countDown();
      }
    }
  }

  /** Until the loop ends, or another thread drives it. */
  @SuppressWarnings(
      "ThreadPriorityCheck") // a virtual thread's yield is a place in a queue, no hint
  private boolean isReplacedWhileDriving() {
    driver = Thread.currentThread();
    do {
      if (!lookOut()) {
        runIo();
      }
      if (isShuttingDown()) {
        ioHandler().prepareToDestroy();
      }
      runAllTasks(ROUND_NANOS);
      if (given) {
        given = false;
        Thread.yield(); // to the requests that were just read
      }
      for (Runnable request = next; request != null; request = next) {
        next = null;
        if (!ranInTime(request)) {
          return true;
        }
        runAllTasks(ROUND_NANOS); // among them its answer
      }
    } while (!confirmShutdown());
    return false;
  }

  /** True when something came within the moment that it takes to wake up. */
  private boolean lookOut() {
    if (!lookout.isWorthIt()) {
      return false;
    }
    looking = true;
    int seen = 0;
    long end = ticker().nanoTime() + LOOKOUT_NANOS;
    do {
      seen = runIo();
    } while (seen <= 0 && !super.hasTasks() && ticker().nanoTime() < end);
    looking = false;
    boolean found = seen > 0 || super.hasTasks();
    lookout.was(found);
    return found;
  }

  /** False when another thread drives the loop since. */
  private boolean ranInTime(Runnable request) {
    long begin = ticker().nanoTime();
    driver = null;
    long mine = turn.incrementAndGet();
    watch();
    safeExecute(request);
    Thread.interrupted(); // whoever interrupted the request was late
    if (!turn.compareAndSet(mine, mine + 1)) {
      return false;
    }
    driver = Thread.currentThread();
    own.was(ticker().nanoTime() - begin < QUICK_NANOS);
    return true;
  }

  private void watch() {
    if (!watched.get() && watched.compareAndSet(false, true)) {
      waiter.after(WATCH, this::look);
    }
  }

  /** Twice the same request: it takes long. */
  private void look() {
    long now = turn.get();
    boolean busy = (now & 1) == 1;
    if (busy && now == lastSeen && turn.compareAndSet(now, now + 1)) {
      own.was(false);
      Thread.ofVirtual().name("roost-http").start(this::drive);
    }
    if (now == lastSeen && !busy) {
      watched.set(false);
      if (turn.get() != now) {
        watch(); // a request began meanwhile and took itself for watched
      }
      return;
    }
    lastSeen = now;
    waiter.after(WATCH, this::look);
  }
}
