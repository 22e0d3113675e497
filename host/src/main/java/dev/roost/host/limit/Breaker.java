package dev.roost.host.limit;

import dev.roost.spi.Outcome;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Set;

/**
 * Stops fetching for a function that fails too often, tries a single event after a pause, and lets
 * twice as many run with each that succeeds. Safe for use by many threads.
 */
public final class Breaker implements Valve {
  private static final int ENOUGH = 64;

  private final Rule rule;
  private final ArrayDeque<Boolean> last = new ArrayDeque<>();
  private int failures;
  private boolean tripped;
  private boolean trying;
  private int ramp = Integer.MAX_VALUE;
  private long openUntil;

  /**
   * When it opens.
   *
   * @param failureRatio of the last {@code events}, above 0 to 1
   * @param events how many are looked at, at least 1
   * @param pause how long nothing is fetched
   * @param exceptions simple or full class names of which one is enough
   */
  public record Rule(double failureRatio, int events, Duration pause, Set<String> exceptions) {}

  public Breaker(Rule rule) {
    this.rule = rule;
  }

  @Override
  public synchronized int open(int inFlight, long nanos) {
    if (tripped && nanos - openUntil < 0) {
      return 0;
    }
    if (tripped) {
      tripped = false;
      trying = true;
      ramp = 1;
    }
    return Math.max(0, ramp == Integer.MAX_VALUE ? ramp : ramp - inFlight);
  }

  @Override
  public synchronized void ended(Outcome outcome, long nanos) {
    if (tripped || outcome instanceof Outcome.Abandoned) {
      return; // what began before it opened says nothing new
    }
    boolean failed = outcome instanceof Outcome.Failed;
    if (trying) {
      trying = false;
      if (failed) {
        trip(nanos);
      } else {
        ramp = 2;
      }
      return;
    }
    if (ramp < Integer.MAX_VALUE && !failed) {
      ramp = ramp >= ENOUGH ? Integer.MAX_VALUE : ramp * 2;
    }
    count(failed);
    boolean full = last.size() >= rule.events();
    if (isNamed(outcome) || (failed && full && failures >= rule.failureRatio() * last.size())) {
      trip(nanos);
    }
  }

  private void count(boolean failed) {
    last.add(failed);
    failures += failed ? 1 : 0;
    if (last.size() > rule.events() && last.remove()) {
      failures--;
    }
  }

  private void trip(long nanos) {
    tripped = true;
    openUntil = nanos + rule.pause().toNanos();
    last.clear();
    failures = 0;
  }

  private boolean isNamed(Outcome outcome) {
    if (!(outcome instanceof Outcome.Failed failed)) {
      return false;
    }
    int depth = 0;
    for (Throwable cause = failed.cause(); cause != null && depth < 20; cause = cause.getCause()) {
      for (Class<?> type = cause.getClass(); type != null; type = type.getSuperclass()) {
        if (rule.exceptions().contains(type.getName())
            || rule.exceptions().contains(type.getSimpleName())) {
          return true;
        }
      }
      depth++;
    }
    return false;
  }

  @Override
  public synchronized String why() {
    return tripped
        ? "its circuit breaker is open"
        : trying ? "its circuit breaker tries one event" : "its circuit breaker lets more run";
  }

  @Override
  public Reason reason() {
    return Reason.BREAKER;
  }
}
