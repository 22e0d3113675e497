package dev.roost.timer;

import dev.roost.spi.Delivery;
import dev.roost.spi.Health;
import dev.roost.spi.Payload;
import dev.roost.spi.Singletons;
import dev.roost.spi.Sink;
import dev.roost.spi.Source;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The events of one timer: competes with the other hosts for the timer's lock and, while it holds
 * it, lets a {@link TimerTerm} hand over the occurrences. A lost lock ends the term, interrupting
 * what runs, and the competition goes on. A stop lets what runs end under the lock, and then gives
 * the lock back.
 */
final class TimerSource implements Source.Push, Singletons.Candidate {
  /** Makes what remembers the timer. */
  interface LedgerFactory {
    /**
     * A new one.
     *
     * @param monitored true when the official host would keep a status of this timer now
     */
    Ledger forTerm(boolean monitored);
  }

  private static final Logger LOG = System.getLogger("Host.Triggers.Timer");

  private final Timer timer;
  private final LedgerFactory ledgers;
  private final MissedWatch watch;
  private @Nullable Sink sink;
  private Singletons.@Nullable Candidacy candidacy;
  private @Nullable TimerTerm term;
  private boolean startedUp;
  private boolean stopping;

  /**
   * @param ledgers a new one for each term
   */
  TimerSource(Timer timer, LedgerFactory ledgers) {
    this.timer = timer;
    this.ledgers = ledgers;
    this.watch = new MissedWatch(timer, this::current);
  }

  @Override
  public int concurrency() {
    return 1;
  }

  @Override
  public Health health() {
    Singletons.Candidacy open;
    TimerTerm current;
    synchronized (this) {
      open = candidacy;
      current = term;
    }
    Health health = open == null ? Health.UP : open.health();
    return health.state() == Health.State.UP && current != null ? current.health() : health;
  }

  /** What the hosts wait for, which is past while nobody ran it; else what the schedule says. */
  @Override
  public Optional<Instant> nextDue() throws IOException {
    Optional<Instant> scheduled = timer.settings().schedule().next(timer.now());
    if (!timer.monitored()) {
      return scheduled;
    }
    return new History(timer).read().status().map(ScheduleStatus::next).or(() -> scheduled);
  }

  /** A run beside the schedule: it takes no lock and moves nothing. */
  @Override
  public Delivery manual(String function, Payload input) throws IOException {
    Instant now = timer.now();
    History history = new History(timer);
    ScheduleStatus status =
        history
            .read()
            .status()
            .orElseGet(() ->
                new ScheduleStatus(
                    Optional.empty(),
                    timer.settings().schedule().nextOrNever(now),
                    Optional.of(now)));
    Occurrence occurrence = new Occurrence(now, Occurrence.Reason.MANUAL);
    return new ManualRun(
        timer, new TimerEvent(timer, occurrence, now, status, timer.monitored()), history);
  }

  @Override
  public void start(Sink sink) {
    synchronized (this) {
      this.sink = sink;
      stopping = false;
    }
    Singletons.Candidacy opened = timer.host().singletons().compete(timer.lock(), this);
    synchronized (this) {
      candidacy = opened;
    }
    watch.start();
  }

  @Override
  public void elected(Singletons.Tenure tenure) throws IOException {
    TimerTerm begun;
    boolean startup;
    synchronized (this) {
      if (stopping || sink == null) {
        throw new IOException("The host is stopping");
      }
      startup = !startedUp;
      boolean monitored = timer.monitored();
      begun =
          new TimerTerm(
              timer, tenure, ledgers.forTerm(monitored), monitored, sink, () -> again(tenure));
      term = begun;
    }
    begun.begin(startup);
    synchronized (this) {
      startedUp = true;
    }
  }

  /**
   * Begins another term under the same tenure, if it lasts: somebody who had no right to it, such
   * as a person, wrote to or deleted what the timer remembers. It waits for as long as a lease
   * lasts: a tenure that holds even then was renewed since, and is not that of a host that slept
   * while its clock stood still.
   */
  private void again(Singletons.Tenure tenure) {
    timer
        .host()
        .waiter()
        .after(
            timer.host().singletons().period(),
            () -> {
              try {
                if (tenure.holds()) {
                  elected(tenure);
                }
              } catch (IOException e) {
                LOG.log(Level.DEBUG, "Not yet", e);
                again(tenure);
              }
            });
  }

  @Override
  public void deposed() {
    TimerTerm over;
    synchronized (this) {
      over = term;
      term = null;
    }
    if (over != null) {
      over.end("The lock of the timer was lost");
    }
  }

  @Override
  public void stop() {
    watch.stop();
    TimerTerm last;
    synchronized (this) {
      stopping = true;
      last = term;
    }
    if (last == null) {
      leave();
    } else {
      last.retire(this::leave);
    }
  }

  @Override
  public synchronized boolean stopped() {
    return candidacy == null;
  }

  /** The term of this host, while it holds the lock. */
  private synchronized Optional<TimerTerm> current() {
    return Optional.ofNullable(term);
  }

  Timer timer() {
    return timer;
  }

  MissedWatch watch() {
    return watch;
  }

  /** Gives the lock back, also when the function still runs. */
  void leave() {
    Singletons.Candidacy open;
    synchronized (this) {
      open = candidacy;
      candidacy = null;
    }
    if (open != null) {
      open.close();
    }
  }
}
