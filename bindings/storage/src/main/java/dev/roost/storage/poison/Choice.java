package dev.roost.storage.poison;

import dev.roost.spi.HostClock;
import dev.roost.spi.TimeSpans;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which messages of which queue a command is about, as the user says it. */
final class Choice {
  @Parameters(
      index = "0",
      paramLabel = "QUEUE",
      description =
          "A queue, with or without -poison, or a function. The poison of all blob functions is"
              + " webjobs-blobtrigger-poison.")
  private String queue = "";

  @Parameters(index = "1..*", paramLabel = "ID", description = "Messages, as list shows them.")
  private List<String> ids = List.of();

  @Option(names = "--id", paramLabel = "ID", description = "A message; may be repeated.")
  private List<String> moreIds = List.of();

  @Option(names = "--function", paramLabel = "NAME", description = "Messages of this function.")
  private @Nullable String function;

  @Option(
      names = "--exception",
      paramLabel = "TEXT",
      description =
          "Messages with an attempt whose exception contains this text in any case, or matches a"
              + " regular expression between slashes.")
  private @Nullable String exception;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "Poisoned then or later: 2026-01-31T08:00:00Z, or 02:00:00 for two hours ago.")
  private @Nullable String since;

  @Option(names = "--until", paramLabel = "TIME", description = "Poisoned before then.")
  private @Nullable String until;

  /** A queue or a function. */
  String queue() {
    return queue;
  }

  /** The filter; throws {@link IllegalArgumentException} for what can't be read. */
  PoisonFilter filter(HostClock clock) {
    List<String> all = new ArrayList<>(ids);
    all.addAll(moreIds);
    return new PoisonFilter(
        PoisonFilter.ids(all),
        Optional.ofNullable(function),
        Optional.ofNullable(exception).map(Choice::wanted),
        Optional.ofNullable(since).map(text -> instant("--since", text, clock)),
        Optional.ofNullable(until).map(text -> instant("--until", text, clock)));
  }

  private static Predicate<String> wanted(String text) {
    try {
      return PoisonFilter.exception(text);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "--exception: '" + text + "' is no regular expression: " + e.getDescription(), e);
    }
  }

  private static Instant instant(String option, String text, HostClock clock) {
    try {
      return TimeSpans.parse(text)
          .map(span -> clock.now().minus(span))
          .orElseGet(() -> OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          option
              + ": '"
              + text
              + "' is no time; write 2026-01-31T08:00:00Z, or 02:00:00 for two hours ago",
          e);
    }
  }
}
