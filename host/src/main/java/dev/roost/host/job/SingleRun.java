package dev.roost.host.job;

import dev.roost.spi.Outcome;
import dev.roost.spi.Payload;
import java.io.IOException;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/**
 * One invocation to its end, with further attempts when it fails.
 *
 * @param workshop where it runs; nothing else runs there
 * @param bounds what it may take
 */
public record SingleRun(Workshop workshop, Bounds bounds) {
  private static final Duration LONG = Duration.ofDays(364);

  /**
   * Runs it on the calling thread's time.
   *
   * @param function its name
   * @param input what its event is made of
   * @param stop done when the job is told to end
   */
  public Result run(String function, Payload input, CompletableFuture<?> stop)
      throws InterruptedException {
    Deadline deadline = new Deadline(workshop.clock(), bounds.timeout(), stop);
    for (int attempt = 1; ; attempt++) {
      CompletableFuture<Outcome> ended = new CompletableFuture<>();
      workshop.dispatcher().tell((delivery, outcome) -> ended.complete(outcome));
      try {
        workshop.listeners().run(function, input);
      } catch (IOException e) {
        return result(Ending.FAILED, attempt, "its event can't be made: " + e.getMessage());
      }
      deadline.await(ended, LONG);
      if (!ended.isDone()) {
        return cutShort(deadline, ended, attempt);
      }
      Outcome outcome = ended.join();
      boolean again =
          outcome instanceof Outcome.Failed failed
              && !failed.permanent()
              && attempt <= bounds.retries();
      if (!again) {
        return of(outcome, attempt);
      }
      deadline.await(new CompletableFuture<>(), pause(outcome));
      if (deadline.passed()) {
        return result(
            deadline.stopped() ? Ending.STOPPED : Ending.TIMED_OUT, attempt, reason(outcome));
      }
    }
  }

  private Duration pause(Outcome outcome) {
    return outcome instanceof Outcome.Failed failed
        ? failed.retryAfter().orElse(bounds.pause())
        : bounds.pause();
  }

  /** A job that is stopped may use the drain time; one whose time is over has had its own. */
  private Result cutShort(Deadline deadline, CompletableFuture<Outcome> ended, int attempt) {
    boolean stopped = deadline.stopped();
    workshop.listeners().drain(stopped ? workshop.drainLimit() : Duration.ZERO, workshop.clock());
    if (stopped && ended.isDone() && ended.join() instanceof Outcome.Succeeded done) {
      return of(done, attempt);
    }
    return stopped
        ? result(Ending.STOPPED, attempt, "the process was told to end")
        : result(Ending.TIMED_OUT, attempt, "it took longer than " + bounds.timeout());
  }

  private static Result of(Outcome outcome, int attempt) {
    return outcome instanceof Outcome.Succeeded
        ? result(Ending.SUCCEEDED, attempt, "")
        : result(Ending.FAILED, attempt, reason(outcome));
  }

  /** No message of an exception: it may hold what the function was given. */
  private static String reason(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Succeeded _ -> "";
      case Outcome.Failed failed -> failed.cause().getClass().getName();
      case Outcome.Partial partial -> partial.failures().size() + " items failed";
      case Outcome.Abandoned abandoned -> abandoned.reason();
    };
  }

  private static Result result(Ending ending, int attempts, String reason) {
    boolean done = ending == Ending.SUCCEEDED;
    return new Result(ending, attempts, done ? 1 : 0, done ? 0 : 1, OptionalLong.empty(), reason);
  }
}
