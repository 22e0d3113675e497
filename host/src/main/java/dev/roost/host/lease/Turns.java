package dev.roost.host.lease;

import dev.roost.spi.Waiter;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/**
 * One call at a time for each lock, over all hosts: callers wait in a line for each lock, of which
 * the first asks for the lease. Leases are those of a {@link LeaseKeeper}. Safe for use by many
 * threads.
 */
public final class Turns {
  private static final String STOPPING = "the host stops";
  private static final Duration FOR_EVER = Duration.ofDays(3650);

  private final LeaseKeeper keeper;
  private final Duration longestPause;
  private final Map<String, Line> lines = new HashMap<>();
  private boolean draining;

  /**
   * @param longestPause how long a line waits at the most before it asks again for a lock that
   *     another host has
   */
  public Turns(LeaseKeeper keeper, Duration longestPause) {
    this.keeper = keeper;
    this.longestPause = longestPause;
  }

  /**
   * What became of the wish for a turn.
   *
   * @param turn to be closed after the call; empty when there is none
   * @param why there is none, in words
   */
  public record Answer(Optional<Turn> turn, String why) {}

  /**
   * Waits for the lock, the calling thread too.
   *
   * @param lock the part of its name behind {@code locks/{hostId}/}
   * @param own how long; empty for {@code lockAcquisitionTimeout} of host.json, which may be for as
   *     long as it takes
   * @param lost told why when the lock is lost before the turn is closed; on another thread
   * @return a turn, or none when the limit was reached or the host stops
   */
  public Answer take(String lock, Optional<Duration> own, Consumer<String> lost)
      throws InterruptedException {
    Duration limit = shorter(own.or(() -> keeper.options().calls().timeout()).orElse(FOR_EVER));
    Line.Caller caller = new Line.Caller(lost);
    Line line = join(lock, caller);
    Waiter.Pending end =
        keeper
            .host()
            .waiter()
            .after(
                limit,
                () ->
                    caller.giveUp(
                        "it waited " + limit + " for the lock " + lock + ": " + line.trouble()));
    try {
      Answer answer = caller.answer().get();
      if (answer.turn().isEmpty()) {
        leave(lock, line, caller);
      }
      return new Answer(
          answer
              .turn()
              .map(taken ->
                  () -> {
                    taken.close();
                    leave(lock, line, caller);
                  }),
          answer.why());
    } catch (InterruptedException e) {
      caller.giveUp("interrupted");
      // The turn may have come in the same moment.
      caller.answer().join().turn().ifPresent(Turn::close);
      leave(lock, line, caller);
      throw e;
    } catch (ExecutionException e) {
      throw new IllegalStateException("An answer is never failed", e);
    } finally {
      end.cancel();
    }
  }

  /** .NET's longest time span is more than the arithmetic can hold. */
  private static Duration shorter(Duration limit) {
    return limit.compareTo(FOR_EVER) < 0 ? limit : FOR_EVER;
  }

  private Line join(String lock, Line.Caller caller) {
    synchronized (lines) {
      Line line = lines.computeIfAbsent(lock, _ -> new Line(keeper, lock, longestPause));
      line.join(caller);
      if (draining) {
        caller.giveUp(STOPPING);
      }
      return line;
    }
  }

  private void leave(String lock, Line line, Line.Caller caller) {
    synchronized (lines) {
      if (line.leave(caller)) {
        lines.remove(lock, line);
      }
    }
  }

  /** Sends everybody away who waits, now and in future. */
  public void drain() {
    synchronized (lines) {
      draining = true;
      lines.values().forEach(line -> line.dissolve(STOPPING));
    }
  }
}
