package dev.roost.host.invoke;

import dev.roost.spi.Waiter;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * {@code functionTimeout} around one attempt: interrupts its thread when the time is over, and
 * fails it whatever it then returns or throws. A thread can't be stopped: until the code returns,
 * its invocation counts as running.
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

  /**
   * Runs {@code body} on the calling thread.
   *
   * @throws FunctionTimeoutException when the time was over before it ended
   */
  <T> T call(Attempt attempt, Logger log, Callable<T> body) throws Exception {
    if (limit.isEmpty()) {
      return body.call();
    }
    Duration time = limit.get();
    String name = attempt.function().definition().shortName();
    Watch watch = new Watch(Thread.currentThread());
    Waiter.Pending end =
        waiter.after(
            time,
            () -> {
              if (watch.expire()) {
                log.log(
                    Level.ERROR,
                    "Timeout value of "
                        + TimeText.of(time)
                        + " exceeded by function '"
                        + name
                        + "' (Id: '"
                        + attempt.id()
                        + "'). Initiating cancellation.");
              }
            });
    T result;
    try {
      result = body.call();
    } catch (Throwable e) {
      end.cancel();
      if (watch.end()) {
        throw new FunctionTimeoutException(name, time, Failures.unwrapped(e));
      }
      throw e;
    }
    end.cancel();
    if (watch.end()) {
      throw new FunctionTimeoutException(name, time, null);
    }
    return result;
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

    /** True when the time was over; the interrupt, if still pending, ends here. */
    synchronized boolean end() {
      ended = true;
      if (expired) {
        Thread.interrupted();
      }
      return expired;
    }
  }
}
