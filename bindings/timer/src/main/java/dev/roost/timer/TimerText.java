package dev.roost.timer;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** A {@link TimerView} as lines for a terminal. */
final class TimerText {
  private TimerText() {}

  static List<String> lines(TimerView view) {
    ZoneId zone = view.timer().settings().zone();
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s  %s in %s"
            .formatted(view.timer().function(), view.timer().settings().text(), zone.getId()));
    lines.add("  held by  " + holder(view));
    view.status()
        .ifPresent(status ->
            lines.add(
                "  status   last run "
                    + status.last().map(last -> Forecast.both(last, zone)).orElse("none")
                    + ", waits for "
                    + Forecast.both(status.next(), zone)));
    view.next().forEach(due -> lines.add("  next     " + Forecast.both(due, zone)));
    if (!view.trouble().isEmpty()) {
      lines.add("  history  " + view.trouble());
    } else if (view.remembered().runs().isEmpty()) {
      lines.add("  history  none");
    }
    view.remembered().runs().reversed().forEach(run -> lines.add("  history  " + line(run, zone)));
    return lines;
  }

  private static String holder(TimerView view) {
    return view.holder()
        .map(by ->
            view.now().isBefore(by.until())
                ? by.instance() + ", renewed " + ago(by.renewed(), view.now())
                : "nobody: the lease of "
                    + by.instance()
                    + " ran out "
                    + ago(by.until(), view.now()))
        .orElse("nobody, as far as is known");
  }

  private static String ago(Instant then, Instant now) {
    return Math.max(0, Duration.between(then, now).toSeconds()) + " s ago";
  }

  private static String line(Run run, ZoneId zone) {
    Duration late = Duration.between(run.scheduled(), run.start());
    return "%s  %-14s %-9s %s%s by %s"
        .formatted(
            Forecast.local(run.scheduled(), zone),
            run.reason(),
            run.ending().isEmpty() ? "begun" : run.ending(),
            late.compareTo(Duration.ofSeconds(1)) > 0 ? late.toSeconds() + " s late, " : "",
            run.ended()
                .map(end -> Duration.between(run.start(), end).toMillis() + " ms")
                .orElse("no end"),
            run.owner());
  }
}
