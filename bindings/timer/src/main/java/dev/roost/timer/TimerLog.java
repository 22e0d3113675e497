package dev.roost.timer;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;

/** What a timer's listener says in the log, and counts. */
final class TimerLog {
  private static final Logger LOG = System.getLogger("Host.Triggers.Timer");

  private final Timer timer;

  TimerLog(Timer timer) {
    this.timer = timer;
  }

  private String time(Instant instant) {
    return DotNetTime.roundTrip(instant, timer.settings().zone());
  }

  void listens(Instant now) {
    LOG.log(
        Level.INFO,
        () ->
            "Function '%s' listens: %s"
                .formatted(timer.function(), Forecast.text(timer.settings(), now)));
  }

  /** Of a backlog only the latest are made up for. */
  void dropped(Instant first) {
    LOG.log(
        Level.WARNING,
        "Function ''{0}'' makes up for its missed occurrences from {1} on; earlier ones are"
            + " dropped because more than {2} were missed",
        timer.function(),
        time(first),
        timer.settings().policy().most());
  }

  void waits(Occurrence occurrence, IOException cause) {
    LOG.log(
        Level.WARNING,
        "Function ''{0}'': its occurrence of {1} waits because storage does not answer: {2}",
        timer.function(),
        occurrence.scheduled(),
        cause.toString());
  }

  void skipped(Occurrence occurrence, Instant now) {
    timer.tally().skipped();
    LOG.log(
        Level.WARNING,
        "Function ''{0}'': its occurrence of {1} is skipped because it is {2} late",
        timer.function(),
        occurrence.scheduled(),
        occurrence.lateness(now));
  }

  /** Nobody can know whether the function was called. */
  void inDoubt(Occurrence occurrence) {
    timer.tally().skipped();
    LOG.log(
        Level.WARNING,
        "Function ''{0}'': its occurrence of {1} is skipped because a host that is gone had claimed"
            + " it, may have begun it, and its guarantee is AT_MOST_ONCE",
        timer.function(),
        occurrence.scheduled());
  }

  void late(Occurrence occurrence) {
    LOG.log(
        Level.WARNING,
        "Function ''{0}'' runs late: it was due at {1}",
        timer.function(),
        time(occurrence.scheduled()));
  }

  void outcomeWaits(Occurrence occurrence, IOException cause) {
    LOG.log(
        Level.WARNING,
        "Function ''{0}'': the outcome of {1} is not noted yet because storage does not answer:"
            + " {2}",
        timer.function(),
        occurrence.scheduled(),
        cause.toString());
  }

  void notNoted(Occurrence occurrence) {
    LOG.log(
        Level.WARNING,
        "Function ''{0}'': the outcome of {1} is not noted, because the timer''s lock was lost",
        timer.function(),
        occurrence.scheduled());
  }

  void takenOver(Occurrence occurrence) {
    LOG.log(
        Level.WARNING,
        "Function ''{0}'': another host took the timer over at its occurrence of {1}",
        timer.function(),
        occurrence.scheduled());
  }
}
