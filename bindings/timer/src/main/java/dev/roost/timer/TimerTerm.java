package dev.roost.timer;

import dev.roost.spi.Health;
import dev.roost.spi.HostState;
import dev.roost.spi.Outcome;
import dev.roost.spi.Running;
import dev.roost.spi.Singletons;
import dev.roost.spi.Sink;
import dev.roost.spi.Waiter;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One timer for as long as this host holds its lock without a break: wait, claim, hand over, note
 * the outcome, wait again. At most one occurrence is claimed, offered or running at any time, and
 * only when it is settled the next one is waited for. A term that was ended or retired never begins
 * anew.
 */
final class TimerTerm {
  private static final Logger LOG = System.getLogger("Host.Triggers.Timer");
  private static final Duration STORE_RETRY = Duration.ofSeconds(1);
  private static final Duration OFFER_RETRY = Duration.ofMillis(50);

  private final Timer timer;
  private final Singletons.Tenure tenure;
  private final Ledger ledger;
  private final Sink sink;
  private final boolean monitored;
  private final Runnable whenLost;

  private ScheduleStatus status = ScheduleStatus.after(Instant.EPOCH, Schedule.NEVER);
  private Instant lookedUpTo = Instant.EPOCH;
  private Waiter.Pending alarm = () -> {};
  private boolean busy;
  private boolean ended;
  private @Nullable Runnable whenIdle;
  private @Nullable Running running;
  private volatile Optional<Instant> awaited = Optional.empty();
  private volatile Health health = Health.UP;

  /**
   * @param monitored true when the function is shown the runs before, as the official host decides
   *     it
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
  }

  Timer timer() {
    return timer;
  }

  /** True when the function is shown the runs before. */
  boolean monitored() {
    return monitored;
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
    LOG.log(
        Level.INFO,
        () ->
            "Function '%s' listens: %s"
                .formatted(timer.function(), Forecast.text(timer.settings(), now)));
    if (check.pastDue()) {
      await(missed(Occurrence.Reason.PAST_DUE, now));
    } else if (startup && timer.settings().runOnStartup()) {
      await(new Occurrence(now, Occurrence.Reason.RUN_ON_STARTUP));
    } else {
      await(new Occurrence(status.next(), Occurrence.Reason.SCHEDULED));
    }
  }

  private Occurrence missed(Occurrence.Reason reason, Instant now) {
    Instant first = status.next();
    // Of a backlog that was looked at once, the rest follows one by one.
    if (first.isAfter(lookedUpTo)) {
      TimerSettings settings = timer.settings();
      first = settings.policy().earliest(settings.schedule(), first, now);
      lookedUpTo = now;
    }
    if (first.isAfter(status.next())) {
      LOG.log(
          Level.WARNING,
          "Function ''{0}'' makes up for its missed occurrences from {1} on; earlier ones are"
              + " dropped because more than {2} were missed",
          timer.function(),
          DotNetTime.roundTrip(first, timer.settings().zone()),
          timer.settings().policy().most());
    }
    return new Occurrence(first, reason);
  }

  /** The instant that is waited for or overdue; empty while the function runs. */
  Optional<Instant> awaited() {
    return awaited;
  }

  private void await(Occurrence occurrence) {
    awaited = Optional.of(occurrence.scheduled());
    set(occurrence.scheduled(), () -> due(occurrence));
  }

  private synchronized void set(Instant due, Runnable then) {
    busy = false;
    if (!ended && whenIdle == null) {
      alarm = Alarm.set(timer.host().clock(), timer.host().waiter(), due, then);
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
        case OURS -> offer(occurrence);
        case DONE -> {
          Instant base = occurrence.scheduled();
          status = unrun(base);
          next();
        }
        case LOST -> lost(occurrence);
      }
      health = Health.UP;
    } catch (IOException e) {
      health = Health.degraded("The occurrence can't be claimed: " + e);
      LOG.log(
          Level.WARNING,
          "Function ''{0}'': its occurrence of {1} waits because storage does not answer: {2}",
          timer.function(),
          occurrence.scheduled(),
          e.toString());
      retry(STORE_RETRY, () -> due(occurrence));
    }
  }

  private void skip(Occurrence occurrence, Instant now) throws IOException {
    LOG.log(
        Level.WARNING,
        "Function ''{0}'': its occurrence of {1} is skipped because it is {2} late",
        timer.function(),
        occurrence.scheduled(),
        occurrence.lateness(now));
    timer.tally().skipped();
    ScheduleStatus skipped = unrun(now);
    if (ledger.record(occurrence, "Skipped", now, skipped)) {
      status = skipped;
      next();
    } else {
      lost(occurrence);
    }
  }

  /** The status that waits for the first occurrence after {@code base} without a run before it. */
  private ScheduleStatus unrun(Instant base) {
    return new ScheduleStatus(
        Optional.empty(), timer.settings().schedule().nextOrNever(base), Optional.of(base));
  }

  private void offer(Occurrence occurrence) {
    if (withdrawn(occurrence)) {
      return;
    }
    TimerDelivery delivery = new TimerDelivery(this, occurrence, timer.now(), shown(occurrence));
    if (!sink.offer(delivery)) {
      retry(OFFER_RETRY, () -> offer(occurrence));
      return;
    }
    awaited = Optional.empty();
    if (occurrence.reason().bySchedule()) {
      timer.tally().began(occurrence.lateness(delivery.begun()), delivery.late());
    }
    if (delivery.late()) {
      LOG.log(
          Level.WARNING,
          "Function ''{0}'' runs late: it was due at {1}",
          timer.function(),
          DotNetTime.roundTrip(occurrence.scheduled(), timer.settings().zone()));
    }
  }

  /** What the function sees: the run before this one, and the occurrence being served. */
  private ScheduleStatus shown(Occurrence occurrence) {
    return occurrence.reason() == Occurrence.Reason.RUN_ON_STARTUP
        ? status
        : new ScheduleStatus(status.last(), occurrence.scheduled(), status.lastUpdated());
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
    withdraw(occurrence);
    idle();
    return true;
  }

  private void withdraw(Occurrence occurrence) {
    try {
      ledger.withdraw(occurrence);
    } catch (IOException e) {
      LOG.log(
          Level.WARNING,
          "Function ''{0}'': the claim of {1} could not be taken back: {2}",
          timer.function(),
          occurrence.scheduled(),
          e.toString());
    }
  }

  /** The function is about to be called. */
  synchronized void started(Running handle) {
    running = handle;
    if (ended || !tenure.holds()) {
      handle.interrupt("The lock of the timer was lost");
    }
  }

  /** The function has ended. */
  void settle(TimerDelivery delivery, Outcome outcome) throws IOException {
    Occurrence occurrence = delivery.occurrence();
    synchronized (this) {
      running = null;
      if (ended || !tenure.holds()) {
        LOG.log(
            Level.WARNING,
            "Function ''{0}'': the outcome of {1} is not noted, because the timer''s lock was lost",
            timer.function(),
            occurrence.scheduled());
        return;
      }
    }
    try {
      if (outcome instanceof Outcome.Abandoned && stopping()) {
        abandon(delivery);
      } else if (!ended(delivery, outcome)) {
        lost(occurrence);
      }
    } finally {
      next();
    }
  }

  private void abandon(TimerDelivery delivery) throws IOException {
    if (delivery.wasStarted()) {
      ledger.record(delivery.occurrence(), "Abandoned", timer.now(), status);
    } else {
      ledger.withdraw(delivery.occurrence());
    }
  }

  private boolean ended(TimerDelivery delivery, Outcome outcome) throws IOException {
    Occurrence occurrence = delivery.occurrence();
    TimerSettings settings = timer.settings();
    Instant base = settings.policy().base(occurrence, delivery.begun());
    status = ScheduleStatus.after(base, settings.schedule().nextOrNever(base));
    return ledger.record(occurrence, Run.ending(outcome), timer.now(), status);
  }

  private void next() {
    Instant now = timer.now();
    if (stopping()) {
      idle();
    } else if (status.next().isAfter(now)) {
      await(new Occurrence(status.next(), Occurrence.Reason.SCHEDULED));
    } else {
      await(missed(Occurrence.Reason.CATCH_UP, now));
    }
  }

  private void lost(Occurrence occurrence) {
    LOG.log(
        Level.WARNING,
        "Function ''{0}'': another host took the timer over at its occurrence of {1}",
        timer.function(),
        occurrence.scheduled());
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
    synchronized (this) {
      alarm.cancel();
      whenIdle = then;
      if (busy) {
        return;
      }
    }
    idle();
  }

  /** Stops at once: the lock is not ours any more. */
  void end(String reason) {
    Runnable then;
    synchronized (this) {
      ended = true;
      alarm.cancel();
      if (running != null) {
        running.interrupt(reason);
      }
      then = whenIdle;
      whenIdle = null;
    }
    if (then != null) {
      then.run();
    }
  }
}
