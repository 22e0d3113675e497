package dev.roost.timer;

import dev.roost.spi.StateStore;
import dev.roost.spi.Waiter;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Tells of an occurrence that no host has begun, in the log, by a counter and by a webhook: the eye
 * of the hosts that stand by, so that a timer which silently does not run is noticed while any host
 * of the app lives, and of the holder that can't begin it. One or two reads for each occurrence on
 * a host that stands by, at most one round a minute. Each host has its line and its count; the
 * webhook is told by one of them.
 */
final class MissedWatch {
  private static final Logger LOG = System.getLogger("Host.Triggers.Timer");
  private static final Duration AT_MOST_EACH = Duration.ofMinutes(1);

  private final Timer timer;
  private final Supplier<Optional<TimerTerm>> holding;
  private final MissedNotice notice;
  private Waiter.Pending alarm = () -> {};
  private boolean stopped;
  private Instant told = Instant.EPOCH;

  /**
   * @param holding the term of this host; empty while another host is to run the timer
   */
  MissedWatch(Timer timer, Supplier<Optional<TimerTerm>> holding) {
    this.timer = timer;
    this.holding = holding;
    this.notice = new MissedNotice(timer, UUID.randomUUID().toString());
  }

  synchronized void start() {
    stopped = false;
    if (timer.settings().useMonitor()) {
      schedule();
    }
  }

  synchronized void stop() {
    stopped = true;
    alarm.cancel();
  }

  private Duration grace() {
    return timer.settings().policy().missedAfter();
  }

  private synchronized void schedule() {
    if (stopped) {
      return;
    }
    Instant now = timer.now();
    Instant next = timer.settings().schedule().nextOrNever(now);
    Instant earliest = now.plus(AT_MOST_EACH);
    Instant due = next.isBefore(Schedule.NEVER) ? next.plus(grace()) : next;
    alarm = Alarm.set(timer.host(), due.isBefore(earliest) ? earliest : due, this::look);
  }

  private void look() {
    try {
      Optional<TimerTerm> term = holding.get();
      Optional<Instant> expected = term.isPresent() ? term.get().awaited() : expected();
      expected
          .filter(due -> !due.plus(grace()).isAfter(timer.now()) && due.isAfter(told))
          .ifPresent(this::tell);
    } catch (IOException | IllegalArgumentException e) {
      LOG.log(Level.DEBUG, "What the timer remembers can't be read", e);
    }
    schedule();
  }

  /**
   * What is waited for and not claimed, by ours and the official document: the later of the two.
   */
  private Optional<Instant> expected() throws IOException {
    ZoneId zone = timer.settings().zone();
    Optional<Occurrences> ours =
        read("occurrences").map(document -> Occurrences.parse(document, zone));
    Optional<Instant> official =
        timer.monitored()
            ? read("status").map(document -> ScheduleStatus.parse(document, zone).next())
            : Optional.empty();
    Optional<Instant> expected =
        ours.flatMap(Occurrences::status)
            .map(ScheduleStatus::next)
            .filter(next -> official.isEmpty() || next.isAfter(official.get()))
            .or(() -> official);
    return expected.filter(due ->
        ours.stream()
            .flatMap(document -> document.runs().stream())
            .noneMatch(run -> run.of(new Occurrence(due, Occurrence.Reason.SCHEDULED))));
  }

  private Optional<String> read(String document) throws IOException {
    return timer.host().stateStore().read(timer.path(document)).map(StateStore.Document::content);
  }

  private void tell(Instant due) {
    told = due;
    timer.tally().missed();
    LOG.log(
        Level.WARNING,
        "Function ''{0}'' was missed: no host has begun its occurrence of {1}, {2} after its"
            + " instant. Look whether the host that holds the lock {3}.Listener still works.",
        timer.function(),
        DotNetTime.roundTrip(due, timer.settings().zone()),
        Duration.between(due, timer.now()),
        timer.fullName());
    timer
        .settings()
        .hook()
        .filter(_ -> notice.isOurs(due))
        .ifPresent(hook -> hook.tell(timer, due));
  }

  /** The latest occurrence that was told as missed. */
  Instant told() {
    return told;
  }
}
