package dev.roost.timer;

import dev.roost.spi.Health;
import dev.roost.spi.HostState;
import dev.roost.spi.Outcome;
import dev.roost.spi.Running;
import dev.roost.spi.Singletons;
import dev.roost.spi.Sink;
import dev.roost.spi.Waiter;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One timer for as long as this host holds its lock without a break: wait, claim shortly before the
 * instant, hand over at it, note the outcome, wait again. At most one occurrence is claimed or runs
 * at any time. A term that was ended or retired never begins anew.
 */
final class TimerTerm {
  private static final Duration STORE_RETRY = Duration.ofSeconds(1);
  private static final Duration OFFER_RETRY = Duration.ofMillis(50);

  /** A claim is written again by who wakes later than this: he may have been suspended. */
  private static final Duration OVERSLEPT = Duration.ofMillis(500);

  private final Timer timer;
  private final Singletons.Tenure tenure;
  private final Ledger ledger;
  private final Sink sink;
  private final boolean monitored;
  private final Runnable whenLost;
  private final TimerLog log;
  private final Starts starts;
  private final Backlog backlog;

  private ScheduleStatus status = ScheduleStatus.after(Instant.EPOCH, Schedule.NEVER);
  private Waiter.Pending alarm = () -> {};
  private boolean busy;

  /** Claimed, and not due yet. */
  private @Nullable Occurrence kept;

  private volatile Starts.Start start = Starts.Start.NONE;
  private boolean ended;
  private @Nullable Runnable whenIdle;
  private @Nullable Running running;
  private volatile Optional<Instant> awaited = Optional.empty();
  private volatile Health health = Health.UP;

  /**
   * @param monitored true when the function is shown the runs before
   */
  TimerTerm(
      Timer timer,
      Singletons.Tenure tenure,
      Ledger ledger,
      boolean monitored,
      Sink sink,
      Runnable whenLost) {
    this.timer = timer;
    this.tenure = tenure;
    this.ledger = ledger;
    this.sink = sink;
    this.monitored = monitored;
    this.whenLost = whenLost;
    this.log = new TimerLog(timer);
    this.starts = Starts.of(timer.host());
    this.backlog = new Backlog(timer.settings(), log);
  }

  Health health() {
    return health;
  }

  /**
   * Looks at what happened before and begins to wait.
   *
   * @param startup true when {@code runOnStartup} may have its say
   * @throws IOException when what happened before can't be read
   */
  void begin(boolean startup) throws IOException {
    Instant now = timer.now();
    StartCheck check = ledger.open(now);
    status = check.status();
    log.listens(now);
    if (check.pastDue()) {
      await(backlog.first(status.next(), Occurrence.Reason.PAST_DUE, now));
    } else if (startup && timer.settings().runOnStartup()) {
      await(new Occurrence(now, Occurrence.Reason.RUN_ON_STARTUP));
    } else {
      await(new Occurrence(status.next(), Occurrence.Reason.SCHEDULED));
    }
  }

  /** The instant that is waited for or overdue; empty while the function runs. */
  Optional<Instant> awaited() {
    return awaited;
  }

  private void await(Occurrence occurrence) {
    awaited = Optional.of(occurrence.scheduled());
    Instant claim = occurrence.scheduled();
    if (occurrence.reason() == Occurrence.Reason.SCHEDULED) {
      claim = claim.minus(timer.claimAhead());
    }
    set(claim, () -> due(occurrence));
  }

  private synchronized void set(Instant due, Runnable then) {
    busy = false;
    if (!ended && whenIdle == null) {
      alarm = Alarm.set(timer.host(), due, then);
    }
  }

  /** From here until it is settled, refused or put off, the term is busy. */
  private synchronized boolean begins() {
    busy = !ended && whenIdle == null && tenure.holds();
    return busy;
  }

  private void due(Occurrence occurrence) {
    if (timer.host().state().compareTo(HostState.RUNNING) < 0) {
      // What is past due must not run in a host that is not up yet.
      set(timer.now().plus(OFFER_RETRY), () -> due(occurrence));
      return;
    }
    if (!begins()) {
      if (stopping()) {
        idle();
      }
      return;
    }
    Instant now = timer.now();
    try {
      if (!timer.settings().policy().runs(occurrence, now)) {
        skip(occurrence, now);
        return;
      }
      switch (ledger.claim(occurrence, now)) {
        case OURS -> keep(occurrence);
        case DONE -> pass(occurrence);
        case IN_DOUBT -> {
          log.inDoubt(occurrence);
          pass(occurrence);
        }
        case LOST -> lost(occurrence);
      }
      health = Health.UP;
    } catch (IOException e) {
      health = Health.degraded("The occurrence can't be claimed: " + e);
      log.waits(occurrence, e);
      retry(STORE_RETRY, () -> due(occurrence));
    }
  }

  private void pass(Occurrence occurrence) {
    status = ScheduleStatus.unrun(timer.settings().schedule(), occurrence.scheduled());
    next();
  }

  /** It is claimed: hands it over at its instant. */
  private void keep(Occurrence occurrence) {
    synchronized (this) {
      if (ended) {
        return;
      }
      if (whenIdle == null && timer.now().isBefore(occurrence.scheduled())) {
        kept = occurrence;
        start = starts.expect(occurrence.scheduled());
        alarm = Alarm.set(timer.host(), occurrence.scheduled(), () -> ripe(occurrence));
        return;
      }
    }
    offer(occurrence);
  }

  /** Its instant has come: nothing is asked but our own clock, unless we overslept. */
  private void ripe(Occurrence occurrence) {
    synchronized (this) {
      if (!occurrence.equals(kept)) {
        return;
      }
      kept = null;
    }
    Instant now = timer.now();
    boolean awake = occurrence.lateness(now).compareTo(OVERSLEPT) <= 0;
    if (awake && timer.settings().policy().runs(occurrence, now)) {
      offer(occurrence);
      return;
    }
    start.over();
    if (!withdrawn(occurrence)) {
      due(occurrence);
    }
  }

  private void skip(Occurrence occurrence, Instant now) throws IOException {
    ScheduleStatus skipped = ScheduleStatus.unrun(timer.settings().schedule(), now);
    if (ledger.record(occurrence, new Run.Ending("Skipped", Optional.empty(), now), skipped)) {
      log.skipped(occurrence, now);
      status = skipped;
      next();
    } else {
      lost(occurrence);
    }
  }

  private void offer(Occurrence occurrence) {
    if (withdrawn(occurrence)) {
      start.over();
      return;
    }
    TimerEvent event =
        new TimerEvent(timer, occurrence, timer.now(), status.serving(occurrence), monitored);
    TimerDelivery delivery = new TimerDelivery(this, event);
    awaited = Optional.empty();
    if (sink.offer(delivery)) {
      delivery.tell(log);
    } else {
      awaited = Optional.of(occurrence.scheduled());
      start.over();
      retry(OFFER_RETRY, () -> offer(occurrence));
    }
  }

  private synchronized void retry(Duration delay, Runnable again) {
    if (!ended) {
      // Busy on: a stop that comes now is answered by the next try.
      timer.host().waiter().after(delay, again);
    }
  }

  /** True when the term ended or is to end before the function began. */
  private boolean withdrawn(Occurrence occurrence) {
    synchronized (this) {
      if (ended || !tenure.holds()) {
        return true;
      }
      if (whenIdle == null) {
        return false;
      }
    }
    ledger.withdraw(occurrence);
    idle();
    return true;
  }

  /** The function is about to be called. */
  synchronized void started(Running handle) {
    running = handle;
    if (ended || !tenure.holds()) {
      handle.interrupt("The lock of the timer was lost");
    }
  }

  /** Its code is entered now. */
  void entered() {
    start.over();
  }

  /** The function has ended. */
  void settle(TimerDelivery delivery, Outcome outcome) {
    synchronized (this) {
      running = null;
    }
    start.over();
    Run.Ending ending =
        new Run.Ending(Run.ending(outcome), Optional.of(delivery.begun()), timer.now());
    starts.thenRun(() -> note(delivery, ending));
  }

  /** Writes down how a run ended, for as long as it takes: the next one waits for it. */
  private void note(TimerDelivery delivery, Run.Ending ending) {
    Occurrence occurrence = delivery.occurrence();
    synchronized (this) {
      if (ended || !tenure.holds()) {
        log.notNoted(occurrence);
        return;
      }
    }
    try {
      if (noted(delivery, ending)) {
        health = Health.UP;
        next();
      } else {
        lost(occurrence);
      }
    } catch (IOException e) {
      health = Health.degraded("The outcome can't be noted: " + e);
      log.outcomeWaits(occurrence, e);
      if (stopping()) {
        idle();
      } else {
        awaited = Optional.of(status.next());
        retry(STORE_RETRY, () -> note(delivery, ending));
      }
    }
  }

  private boolean noted(TimerDelivery delivery, Run.Ending ending) throws IOException {
    boolean givenBack = ending.how().equals("Abandoned") && stopping();
    if (givenBack && !delivery.wasStarted()) {
      ledger.withdraw(delivery.occurrence());
      return true;
    }
    if (!givenBack) {
      status = delivery.after();
    }
    return ledger.record(delivery.occurrence(), ending, status);
  }

  private void next() {
    Instant now = timer.now();
    if (stopping()) {
      idle();
    } else if (status.next().isAfter(now)) {
      await(new Occurrence(status.next(), Occurrence.Reason.SCHEDULED));
    } else {
      await(backlog.first(status.next(), Occurrence.Reason.CATCH_UP, now));
    }
  }

  private void lost(Occurrence occurrence) {
    log.takenOver(occurrence);
    end("The timer belongs to another host");
    whenLost.run();
  }

  private synchronized boolean stopping() {
    return whenIdle != null;
  }

  private void idle() {
    Runnable then;
    synchronized (this) {
      busy = false;
      ended = true;
      then = whenIdle;
      whenIdle = null;
    }
    if (then != null) {
      then.run();
    }
  }

  /** Begins nothing any more; when nothing runs, which may be at once, {@code then} is called. */
  void retire(Runnable then) {
    Occurrence claimed;
    synchronized (this) {
      alarm.cancel();
      whenIdle = then;
      claimed = kept;
      kept = null;
      if (busy && claimed == null) {
        return;
      }
    }
    start.over();
    if (claimed == null) {
      idle();
    } else {
      giveBack(claimed, this::idle);
    }
  }

  /** Takes back a claim whose function was not called and will not be. */
  private void giveBack(Occurrence claimed, Runnable then) {
    Waiter waiter = timer.host().waiter();
    waiter.after(
        Duration.ZERO,
        () -> {
          ledger.withdraw(claimed);
          then.run();
        });
  }

  /** Stops at once: the lock is not ours any more. */
  void end(String reason) {
    Occurrence claimed;
    synchronized (this) {
      ended = true;
      claimed = kept;
      kept = null;
      alarm.cancel();
      if (running != null) {
        running.interrupt(reason);
      }
    }
    start.over();
    if (claimed != null) {
      // Does nothing once the term of another host has begun.
      giveBack(claimed, () -> {});
    }
    idle();
  }
}
