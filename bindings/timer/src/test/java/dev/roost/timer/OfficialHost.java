package dev.roost.timer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.roost.spi.StateStore;
import dev.roost.spi.Waiter;
import dev.roost.testkit.ManualClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;

/**
 * A model of the official host's timer {@code 0 *}{@code /5 * * * *} in UTC, written from the
 * description of its status blob and sharing no code with ours: it knows no claims and no lateness.
 */
final class OfficialHost {
  private static final String NEVER = "0001-01-01T00:00:00";

  private final ManualClock clock;
  private final StateStore store;
  private final Duration takes;
  private final List<Instant> begun;
  private String last;
  private Instant next;
  private Waiter.Pending timer = () -> {};
  private boolean dead;

  OfficialHost(ManualClock clock, StateStore store, Duration takes, List<Instant> begun) {
    this.clock = clock;
    this.store = store;
    this.takes = takes;
    this.begun = begun;
  }

  private static Instant next(Instant base) {
    long seconds = base.getEpochSecond();
    return Instant.ofEpochSecond(seconds - seconds % 300 + 300);
  }

  void start() {
    try {
      Instant now = clock.now();
      String document = store.read(TimerBench.STATUS).map(StateStore.Document::content).orElse("");
      if (document.isEmpty()) {
        last = NEVER;
        next = next(now);
        write(last, next, text(now));
      } else {
        JsonNode status = new ObjectMapper().readTree(document);
        last = status.get("Last").asText();
        String updated = status.get("LastUpdated").asText();
        Instant base =
            !last.startsWith("0001")
                ? time(last)
                : !updated.startsWith("0001") ? time(updated) : now;
        Instant expected = next(base);
        next = time(status.get("Next").asText());
        if (!next.equals(expected)) {
          if (now.isAfter(expected)) {
            expected = next(now);
            base = now;
          }
          last = NEVER;
          next = expected;
          write(last, next, text(base));
        }
      }
      arm(now.isAfter(next) ? Duration.ZERO : Duration.between(now, next));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void arm(Duration delay) {
    timer = clock.after(delay, this::run);
  }

  private void run() {
    if (dead) {
      return;
    }
    Instant start = clock.now();
    begun.add(start);
    timer = clock.after(takes, () -> end(start));
  }

  private void end(Instant start) {
    if (dead) {
      return;
    }
    next = next(start);
    last = text(start);
    try {
      write(last, next, last);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    arm(Duration.between(clock.now(), next));
  }

  void kill() {
    dead = true;
    timer.cancel();
  }

  private void write(String lastRun, Instant nextRun, String updated) throws IOException {
    store.write(
        TimerBench.STATUS,
        "{\"Last\":\"%s\",\"Next\":\"%s\",\"LastUpdated\":\"%s\"}"
            .formatted(lastRun, text(nextRun), updated));
  }

  private static Instant time(String text) {
    return OffsetDateTime.parse(text).toInstant();
  }

  /** Seconds always, a fraction only where there is one and without zeros at its end. */
  private static String text(Instant time) {
    String whole = time.toString().replace("Z", "");
    String trimmed = whole.contains(".") ? whole.replaceFirst("0+$", "") : whole;
    return trimmed + "+00:00";
  }
}
