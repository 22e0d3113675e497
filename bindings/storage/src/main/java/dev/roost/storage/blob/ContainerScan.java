package dev.roost.storage.blob;

import dev.roost.storage.account.Workers;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Sweeps one container again and again so that no version of a blob is skipped. A blob is looked at
 * when it was modified after the watermark, which is the <em>start</em> of the last completed sweep
 * less a margin, by the account's own clock: whatever is written behind the sweep's back is newer
 * than that, and the next sweep finds it. The overlap of the margin is absorbed by what is
 * remembered here and, behind that, by the receipts. Used by one thread at a time.
 */
final class ContainerScan {
  /** How far the clocks of an account and the visibility of its writes may be apart. */
  static final Duration MARGIN = Duration.ofMinutes(1);

  /** An append blob is being written until it was left alone for so long. */
  static final Duration QUIET = Duration.ofSeconds(5);

  /** A position that is older than this costs a look at so many receipts after a restart. */
  private static final Duration SAVE_EVERY = Duration.ofMinutes(1);

  private final Listing listing;
  private final Intake intake;
  private final Workers workers;
  private final Position.Store store;
  private final List<BlobFunction> functions;
  private final List<Watch> watches = new ArrayList<>();
  private final KnownBlobs known = new KnownBlobs();
  private Instant watermark = Instant.EPOCH;
  private Instant saved = Instant.EPOCH;
  private boolean loaded;
  private boolean restarted;
  private int sweeps;
  private @Nullable Sweep unfinished;
  private Optional<Position.LastSweep> lastSweep = Optional.empty();

  /**
   * @param workers make the calls of one page, several at once
   */
  ContainerScan(
      Listing listing,
      Intake intake,
      Workers workers,
      Position.Store store,
      List<BlobFunction> functions) {
    this.listing = listing;
    this.intake = intake;
    this.workers = workers;
    this.store = store;
    this.functions = List.copyOf(functions);
  }

  /**
   * Sweeps once, or finishes the sweep that failed.
   *
   * @return empty when the container does not exist
   * @throws IOException when the account can't be reached; the next call goes on at the same page
   */
  Optional<Sweep.Report> sweep() throws IOException, InterruptedException {
    load();
    Sweep sweep = unfinished;
    do {
      Optional<Listing.Page> page = listing.page(sweep == null ? Optional.empty() : sweep.marker());
      if (page.isEmpty()) {
        missing();
        return Optional.empty();
      }
      if (sweep == null) {
        sweep = begin(page.get().at());
      }
      take(page.get(), sweep);
      sweep.passed(page.get());
    } while (sweep.marker().isPresent());
    complete(sweep);
    return Optional.of(sweep.report(intake.calls()));
  }

  private void load() throws IOException {
    if (!loaded) {
      Position position = store.load();
      functions.forEach(function -> watches.add(Watch.of(function, position)));
      watermark = position.scanned();
      lastSweep = position.lastSweep();
      saved = position.scanned();
      restarted = !position.functions().isEmpty() || !position.scanned().equals(Instant.EPOCH);
      loaded = true;
    }
  }

  private Sweep begin(Instant now) throws IOException {
    openWatches(now);
    Sweep sweep = new Sweep(++sweeps, now, intake.calls());
    unfinished = sweep;
    return sweep;
  }

  /** Whatever appears in a container that is not there yet is newer than now. */
  private void missing() throws IOException {
    openWatches(Instant.EPOCH);
    unfinished = null;
  }

  /** Now is fixed once and for all hosts before a blob is looked at. */
  private void openWatches(Instant now) throws IOException {
    if (watches.stream().anyMatch(Watch::isOpen)) {
      watches.stream().filter(Watch::isOpen).forEach(watch -> watch.beginAt(now));
      store.save(position());
    }
  }

  /** Looks at the blobs of a page; several at once, since each takes several calls. */
  private void take(Listing.Page page, Sweep sweep) throws IOException, InterruptedException {
    Map<FoundBlob, Future<List<Watch>>> asked = new LinkedHashMap<>();
    for (FoundBlob blob : page.blobs()) {
      List<Watch> due = due(blob);
      if (due.isEmpty()) {
        known.seen(blob, sweep);
      } else if (isBeingWritten(blob, page.at())) {
        known.wait(blob, due, sweep);
      } else {
        asked.put(blob, workers.submit(() -> take(blob, due, sweep)));
      }
    }
    @Nullable IOException failure = null;
    for (Map.Entry<FoundBlob, Future<List<Watch>>> entry : asked.entrySet()) {
      if (failure != null) {
        entry.getValue().cancel(false);
      } else {
        try {
          settled(entry.getKey(), Workers.get(entry.getValue()), sweep);
        } catch (IOException e) {
          failure = e;
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  private List<Watch> due(FoundBlob blob) {
    if (known.has(blob)) {
      return List.of();
    }
    return watches.stream()
        .filter(watch -> watch.wants(blob, watermark) || known.waits(blob, watch))
        .toList();
  }

  private static boolean isBeingWritten(FoundBlob blob, Instant now) {
    return blob.leased()
        || (blob.kind().equals(FoundBlob.APPEND)
            && !blob.sealed()
            && blob.lastModified().plus(QUIET).isAfter(now));
  }

  /** On a worker: gives those that have to come again. */
  private List<Watch> take(FoundBlob blob, List<Watch> due, Sweep sweep) throws IOException {
    List<Watch> later = new ArrayList<>();
    for (Watch watch : due) {
      boolean maybeOld = restarted && sweep.number() == 1;
      Intake.Verdict verdict = intake.take(blob, watch.function(), maybeOld);
      sweep.looked(verdict);
      if (verdict == Intake.Verdict.LATER) {
        later.add(watch);
      }
    }
    return later;
  }

  private void settled(FoundBlob blob, List<Watch> later, Sweep sweep) {
    if (later.isEmpty()) {
      known.done(blob, sweep);
    } else {
      known.wait(blob, later, sweep);
    }
  }

  private void complete(Sweep sweep) throws IOException {
    boolean first = watches.stream().anyMatch(watch -> !watch.hasBegun());
    watches.forEach(Watch::swept);
    watermark = sweep.horizon();
    lastSweep = Optional.of(new Position.LastSweep(sweep.start(), sweep.end(), ""));
    unfinished = null;
    known.forget(sweep, watermark);
    if (first || Duration.between(saved, position().scanned()).compareTo(SAVE_EVERY) >= 0) {
      store.save(position());
      saved = position().scanned();
    }
  }

  /** How many versions are known by heart: what memory depends on. */
  int remembered() {
    return known.size();
  }

  private Position position() {
    Instant oldest = known.oldestWaiting();
    return new Position(
        oldest.isBefore(watermark) ? oldest : watermark,
        watches.stream()
            .collect(Collectors.toMap(watch -> watch.function().id(), Watch::registration)),
        lastSweep);
  }
}
