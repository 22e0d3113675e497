package dev.roost.host.run;

import dev.roost.spi.Backlog;
import dev.roost.spi.HostClock;
import dev.roost.spi.Source;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Asks the sources for their {@link Volume}. Unlike {@link Backlogs} it throws when one can't be
 * asked: an empty answer would stop hosts that are needed. Safe for use by many threads.
 */
public final class Volumes {
  private final Supplier<List<Listening>> listening;
  private final HostClock clock;

  Volumes(Supplier<List<Listening>> listening, HostClock clock) {
    this.listening = listening;
    this.clock = clock;
  }

  /**
   * The volumes of the sources that serve a wanted function and have anything to tell.
   *
   * @param wanted a function's name
   * @throws IOException when one can't be asked now, with its functions in the message
   */
  public List<Volume> read(Predicate<String> wanted) throws IOException {
    List<Volume> volumes = new ArrayList<>();
    for (Listening each : listening.get()) {
      if (each.functions().stream().anyMatch(wanted)) {
        try {
          volume(each).ifPresent(volumes::add);
        } catch (IOException e) {
          throw new IOException(
              "What waits for %s can't be counted: %s"
                  .formatted(String.join(", ", each.functions()), Causes.inOneLine(e)),
              e);
        }
      }
    }
    return volumes;
  }

  private Optional<Volume> volume(Listening each) throws IOException {
    Source source = each.source();
    List<Backlog> waiting =
        source.backlog().stream()
            .filter(backlog -> backlog.kind() == Backlog.Kind.WAITING)
            .toList();
    Optional<Duration> due = source.nextDue().map(next -> Duration.between(clock.now(), next));
    if (source instanceof Source.Push && due.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Volume(
            each.functions(),
            waiting.stream().map(Backlog::place).toList(),
            waiting.stream().mapToLong(Backlog::events).sum(),
            each.inFlight(),
            waiting.stream()
                .flatMap(backlog -> backlog.oldest().stream())
                .max(Comparator.naturalOrder()),
            source.concurrency(),
            due,
            source.needsOneHost()));
  }
}
