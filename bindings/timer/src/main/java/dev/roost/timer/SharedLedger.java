package dev.roost.timer;

import dev.roost.spi.StateStore;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Remembers a timer in the storage that all hosts share: in the official status document, read and
 * written as the official host does, and in {@link Occurrences} beside it, which holds the claims.
 * The claims come first: a host whose term is over can't get past them to the official status.
 */
final class SharedLedger implements Ledger {
  private static final Logger LOG = System.getLogger("Host.Triggers.Timer");
  private static final int TRIES = 5;

  private final Timer timer;
  private final StateStore store;
  private final boolean monitored;
  private final ZoneId zone;
  private Occurrences occurrences = Occurrences.NONE;
  private String etag = "";
  private Optional<String> statusEtag = Optional.empty();

  /**
   * @param monitored true when the official host would keep its status too
   */
  SharedLedger(Timer timer, boolean monitored) {
    this.timer = timer;
    this.store = timer.host().stateStore();
    this.monitored = monitored;
    this.zone = timer.settings().zone();
  }

  private String statusPath() {
    return timer.path("status");
  }

  private String occurrencesPath() {
    return timer.path("occurrences");
  }

  @Override
  public StartCheck open(Instant now) throws IOException {
    Optional<ScheduleStatus> official = monitored ? readStatus() : Optional.empty();
    for (int i = 0; i < TRIES; i++) {
      Optional<StateStore.Document> document = store.read(occurrencesPath());
      Occurrences found = document.map(this::parse).orElse(Occurrences.NONE);
      Optional<ScheduleStatus> stored =
          monitored ? official.map(status -> later(status, found.status())) : found.status();
      StartCheck check = StartCheck.of(stored, timer.settings().schedule(), now);
      Occurrences opened = found.term(timer.host().instanceId(), check.status());
      Optional<String> written =
          document.isPresent()
              ? store.replace(occurrencesPath(), document.get().etag(), opened.json(zone))
              : store.create(occurrencesPath(), opened.json(zone));
      if (written.isPresent()) {
        occurrences = opened;
        etag = written.get();
        if (monitored && !official.equals(Optional.of(check.status()))) {
          writeStatus(check.status());
        }
        return check;
      }
    }
    throw new IOException(occurrencesPath() + " is written by somebody else all the time");
  }

  /** Ours, when a host ended between writing ours and writing the official one. */
  private static ScheduleStatus later(ScheduleStatus official, Optional<ScheduleStatus> ours) {
    return ours.filter(status ->
            status
                .lastUpdated()
                .orElse(Instant.MIN)
                .isAfter(official.lastUpdated().orElse(Instant.MIN)))
        .orElse(official);
  }

  private Occurrences parse(StateStore.Document document) {
    try {
      return Occurrences.parse(document.content(), zone);
    } catch (IllegalArgumentException e) {
      LOG.log(Level.WARNING, "{0} is begun anew: {1}", document.path(), e.getMessage());
      return Occurrences.NONE;
    }
  }

  private Optional<ScheduleStatus> readStatus() throws IOException {
    Optional<StateStore.Document> document = store.read(statusPath());
    statusEtag = document.map(StateStore.Document::etag);
    try {
      return document.map(found -> ScheduleStatus.parse(found.content(), zone));
    } catch (IllegalArgumentException e) {
      LOG.log(Level.WARNING, "{0} is begun anew: {1}", statusPath(), e.getMessage());
      return Optional.empty();
    }
  }

  @Override
  public Claim claim(Occurrence occurrence, Instant now) throws IOException {
    Optional<Run> before = occurrences.run(occurrence);
    if (before.isPresent() && complete(before.get())) {
      return Claim.DONE;
    }
    if (before.isPresent() && inDoubt(before.get())) {
      return Claim.IN_DOUBT;
    }
    before.filter(run -> run.generation() != occurrences.generation()).ifPresent(this::again);
    Run run = Run.claimed(occurrence, timer.host().instanceId(), occurrences.generation(), now);
    return update(document -> document.with(occurrence, run)) ? Claim.OURS : Claim.LOST;
  }

  private void again(Run before) {
    LOG.log(
        Level.WARNING,
        "Function ''{0}'' may run a second time for its occurrence of {1}: host {2} claimed it at"
            + " {3} and noted no end. A function that must not run twice needs"
            + " guarantee=AT_MOST_ONCE.",
        timer.function(),
        before.scheduled(),
        before.owner(),
        before.claimed());
  }

  private static boolean complete(Run run) {
    return run.ended().isPresent() && !run.ending().equals("Abandoned");
  }

  /** A run that somebody else claimed and did not end has died with its host: we hold the lock. */
  private boolean inDoubt(Run run) {
    return timer.settings().policy().atMostOnce() && run.generation() != occurrences.generation();
  }

  @Override
  public void withdraw(Occurrence occurrence) {
    try {
      update(document -> document.without(occurrence));
    } catch (IOException e) {
      LOG.log(
          Level.WARNING,
          "Function ''{0}'': the claim of {1} could not be taken back: {2}",
          timer.function(),
          occurrence.scheduled(),
          e.toString());
    }
  }

  @Override
  public boolean record(Occurrence occurrence, Run.Ending ending, ScheduleStatus status)
      throws IOException {
    Run run =
        occurrences
            .run(occurrence)
            .orElse(
                Run.claimed(
                    occurrence, timer.host().instanceId(), occurrences.generation(), ending.time()))
            .ended(ending);
    boolean ours = update(document -> document.with(occurrence, run).waitingFor(status));
    if (ours && monitored) {
      writeStatus(status);
    }
    return ours;
  }

  /** Replaces the document unless a later term has begun; false when one has. */
  private boolean update(UnaryOperator<Occurrences> change) throws IOException {
    for (int i = 0; i < TRIES; i++) {
      Occurrences changed = change.apply(occurrences);
      Optional<String> written = store.replace(occurrencesPath(), etag, changed.json(zone));
      if (written.isPresent()) {
        occurrences = changed;
        etag = written.get();
        return true;
      }
      // Either a later term, or a write of ours whose answer was lost.
      Optional<StateStore.Document> document = store.read(occurrencesPath());
      Occurrences found = document.map(this::parse).orElse(Occurrences.NONE);
      if (found.generation() != occurrences.generation()) {
        return false;
      }
      occurrences = found;
      etag = document.map(StateStore.Document::etag).orElse("");
    }
    throw new IOException(occurrencesPath() + " is written by somebody else all the time");
  }

  /** As upstream, a status that can't be written is told and does not stop the timer. */
  private void writeStatus(ScheduleStatus status) {
    String json = status.json(zone).toString();
    try {
      Optional<String> written =
          statusEtag.isPresent()
              ? store.replace(statusPath(), statusEtag.get(), json)
              : store.create(statusPath(), json);
      if (written.isEmpty() && stillOurs()) {
        written = Optional.of(store.write(statusPath(), json));
      }
      statusEtag = written;
    } catch (IOException e) {
      LOG.log(
          Level.WARNING,
          "Function ''{0}'': {1} could not be written: {2}",
          timer.function(),
          statusPath(),
          e.toString());
    }
  }

  private boolean stillOurs() throws IOException {
    return store
        .read(occurrencesPath())
        .map(this::parse)
        .filter(found -> found.generation() == occurrences.generation())
        .isPresent();
  }
}
