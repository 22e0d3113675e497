package dev.roost.host.job;

import dev.roost.host.run.Volume;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/**
 * Runs what waits in the sources, and ends when nothing does: twice in a row nothing is counted,
 * nothing runs and nothing ran in between.
 *
 * @param workshop where it runs; only the job's functions are there
 * @param bounds what it may take
 */
public record UntilEmpty(Workshop workshop, Bounds bounds) {
  private static final Duration GLANCE = Duration.ofMillis(500);

  /**
   * Runs it on the calling thread's time.
   *
   * @param stop done when the job is told to end
   */
  public Result run(CompletableFuture<?> stop) throws InterruptedException {
    Deadline deadline = new Deadline(workshop.clock(), bounds.timeout(), stop);
    Tally tally = new Tally();
    workshop.dispatcher().tell(tally);
    workshop.listeners().startDrainable();
    long seen = -1;
    long progress = workshop.clock().nanoTime();
    boolean emptyBefore = false;
    String trouble = "";
    while (!deadline.passed()) {
      boolean quiet = workshop.dispatcher().runningCount() == 0 && tally.attempts() == seen;
      if (!quiet) {
        progress = workshop.clock().nanoTime();
        seen = tally.attempts();
        emptyBefore = false;
      } else {
        OptionalLong left = OptionalLong.empty();
        try {
          left = OptionalLong.of(count());
          trouble = "";
        } catch (IOException e) {
          trouble = String.valueOf(e.getMessage());
        }
        boolean empty = left.isPresent() && left.getAsLong() == 0;
        if ((empty && emptyBefore) || isStale(progress)) {
          return ended(tally, left, trouble);
        }
        emptyBefore = empty;
      }
      deadline.await(new CompletableFuture<>(), GLANCE);
    }
    boolean stopped = deadline.stopped();
    workshop.listeners().drain(workshop.drainLimit(), workshop.clock());
    return result(
        stopped ? Ending.STOPPED : Ending.TIMED_OUT,
        tally,
        left(),
        stopped ? "the process was told to end" : "it took longer than " + bounds.timeout());
  }

  private boolean isStale(long progress) {
    return workshop.clock().nanoTime() - progress >= bounds.patience().toNanos();
  }

  private Result ended(Tally tally, OptionalLong left, String trouble) {
    workshop.listeners().drain(workshop.drainLimit(), workshop.clock());
    if (!trouble.isEmpty()) {
      return result(Ending.FAILED, tally, left, trouble);
    }
    return tally.failed() == 0
        ? result(Ending.SUCCEEDED, tally, left, "")
        : result(Ending.FAILED, tally, left, tally.failed() + " events failed");
  }

  private OptionalLong left() {
    try {
      return OptionalLong.of(count());
    } catch (IOException _) {
      return OptionalLong.empty(); // the line then says nothing of it
    }
  }

  private long count() throws IOException {
    List<String> functions = workshop.listeners().drainable();
    return workshop.listeners().volumes(workshop.clock()).read(functions::contains).stream()
        .mapToLong(Volume::waiting)
        .sum();
  }

  private static Result result(Ending ending, Tally tally, OptionalLong left, String reason) {
    return new Result(ending, tally.attempts(), tally.done(), tally.failed(), left, reason);
  }
}
