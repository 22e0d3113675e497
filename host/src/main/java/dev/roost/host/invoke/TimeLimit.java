package dev.roost.host.invoke;

import dev.roost.spi.Waiter;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;

/**
 * {@code functionTimeout} around one attempt: interrupts its thread when the time is over, and
 * fails it whatever it then returns or throws. A thread can't be stopped: until the code returns,
 * its invocation counts as running, but a sender that waits is told at the limit.
 */
final class TimeLimit {
  private final Optional<Duration> limit;
  private final Waiter waiter;

  /**
   * @param limit empty for none
   */
  TimeLimit(Optional<Duration> limit, Waiter waiter) {
    this.limit = limit;
    this.waiter = waiter;
  }

  /** What runs at most that long. */
  interface Body {
    void run() throws Exception;
  }

  /**
   * Runs {@code body} on the calling thread. An interrupt was meant for that body alone: it does
   * not outlive it, so that outputs can be written and the event settled.
   *
   * @throws FunctionTimeoutException when the time was over before it ended
   */
  void run(Attempt attempt, Logger log, Body body) throws Exception {
    Watch watch = new Watch(Thread.currentThread());
    Optional<Waiter.Pending> end =
        limit.map(time -> waiter.after(time, () -> expire(watch, attempt, time, log)));
    String name = attempt.function().definition().shortName();
    try {
      body.run();
    } catch (Throwable e) {
      if (watch.end()) {
        throw new FunctionTimeoutException(name, limit.orElseThrow(), Failures.unwrapped(e));
      }
      throw e;
    } finally {
      end.ifPresent(Waiter.Pending::cancel);
    }
    if (watch.end()) {
      log.log(
          Level.WARNING,
          "Function ''{0}'' (Id: ''{1}'') returned after its time was over: what it returned and"
              + " its outputs are dropped",
          name,
          attempt.id());
      throw new FunctionTimeoutException(name, limit.orElseThrow(), null);
    }
  }

  private static void expire(Watch watch, Attempt attempt, Duration time, Logger log) {
    if (watch.expire()) {
      log.log(
          Level.ERROR,
          "Timeout value of "
              + TimeText.of(time)
              + " exceeded by function '"
              + attempt.function().definition().shortName()
              + "' (Id: '"
              + attempt.id()
              + "'). Initiating cancellation.");
      if (attempt.isLast()) {
        attempt.delivery().overdue();
      }
    }
  }

  /** Decides between the end of the time and the end of the attempt, whichever is first. */
  private static final class Watch {
    private final Thread thread;
    private boolean ended;
    private boolean expired;

    Watch(Thread thread) {
      this.thread = thread;
    }

    synchronized boolean expire() {
      if (ended) {
        return false;
      }
      expired = true;
      thread.interrupt();
      return true;
    }

    /** True when the time was over. */
    synchronized boolean end() {
      ended = true;
      Thread.interrupted();
      return expired;
    }
  }
}
