package dev.roost.host.lease;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Those of this host who wait for one lock, first come first served. */
final class Line {
  private static final Logger LOG = System.getLogger("Host.Singleton");
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);

  /** Somebody in the line. */
  record Caller(CompletableFuture<Turns.Answer> answer, Consumer<String> lost) {
    Caller(Consumer<String> lost) {
      this(new CompletableFuture<>(), lost);
    }

    void giveUp(String why) {
      answer.complete(new Turns.Answer(Optional.empty(), why));
    }
  }

  private final LeaseKeeper keeper;
  private final String lock;
  private final Duration longestPause;
  private final Deque<Caller> callers = new ArrayDeque<>();
  private boolean busy;
  private Duration pause = FIRST_PAUSE;
  private long servingSince;
  private int members;
  private String trouble = "other calls came first";

  Line(LeaseKeeper keeper, String lock, Duration longestPause) {
    this.keeper = keeper;
    this.lock = lock;
    this.longestPause = longestPause;
    this.servingSince = keeper.host().clock().nanoTime();
  }

  synchronized void join(Caller caller) {
    members++;
    callers.add(caller);
    next(Duration.ZERO);
  }

  /** True when nobody of it waits or has the lock any more. */
  synchronized boolean leave(Caller caller) {
    members--;
    callers.remove(caller);
    return members == 0;
  }

  synchronized void dissolve(String why) {
    callers.forEach(caller -> caller.giveUp(why));
  }

  /** What keeps it waiting, in words. */
  synchronized String trouble() {
    return trouble;
  }

  private void next(Duration after) {
    if (!busy && !callers.isEmpty()) {
      busy = true;
      keeper.host().waiter().after(after, this::ask);
    }
  }

  private void ask() {
    try {
      Optional<Held> held = keeper.acquire(lock, keeper.options().calls().lockPeriod());
      if (held.isPresent()) {
        serve(held.get());
      } else {
        again("another call has it");
      }
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "The lock " + lock + " can't be asked for", e);
      again("it can't be asked for: " + e);
    }
  }

  private synchronized void again(String why) {
    trouble = why;
    busy = false;
    servingSince = keeper.host().clock().nanoTime();
    next(keeper.options().calls().polling().orElse(pause));
    Duration doubled = pause.multipliedBy(2);
    pause = doubled.compareTo(longestPause) < 0 ? doubled : longestPause;
  }

  private void serve(Held held) {
    for (Caller caller = first(); caller != null; caller = first()) {
      Consumer<String> lost = caller.lost();
      Holding holding = new Holding(keeper, lock, held, false, (_, why) -> lost.accept(why));
      if (caller.answer().complete(new Turns.Answer(Optional.of(() -> served(holding)), ""))) {
        holding.watch();
        keeper.won(holding);
        return;
      }
    }
    served(new Holding(keeper, lock, held, false, (_, _) -> {}));
  }

  private synchronized @Nullable Caller first() {
    pause = FIRST_PAUSE;
    return callers.poll();
  }

  private void served(Holding holding) {
    if (holding.end()) {
      holding.release();
    }
    synchronized (this) {
      busy = false;
      Duration turn = Duration.ZERO;
      long now = keeper.host().clock().nanoTime();
      if (now - servingSince > keeper.options().calls().lockPeriod().toNanos()) {
        // Let the others have it, who ask more seldom than we would.
        servingSince = now;
        turn = keeper.options().calls().polling().orElse(longestPause).plus(FIRST_PAUSE);
      }
      next(turn);
    }
  }
}
